using System.Buffers;
using System.Text;
using MimeKit;

namespace Portal.Smime;

/// <summary>
/// Field values of strangers, as they came where they may stand outside so, else written anew: without 8-bit and control characters, not
/// even behind encoded words, without direction overrides, and no longer than a line can be folded to.
/// </summary>
internal static class OuterText
{
    private const int MaximumAddresses = 64 * 1024;
    private const int MaximumSubject = 2000;
    private const int MaximumDate = 100;
    private const int MaximumWord = 900;
    private const int MaximumNewSubject = 500;
    private const int MaximumName = 200;

    // More would be a line of nothing but white space, or one too long.
    private static readonly string Gap = new(' ', 32);

    private static readonly SearchValues<char> Atoms =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~ ");

    // 45 bytes are 60 characters of base64: an encoded word has at most 75 (RFC 2047 section 2).
    private const int EncodedWordBytes = 45;

    /// <summary>Null when there is no field, or nobody in it who can be named.</summary>
    public static string? Addresses(HeaderSection original, string name)
    {
        if (original.Find(name) is not { } field)
        {
            return null;
        }

        if (AsItCame(original, field, MaximumAddresses) is { Length: > 0 } value && ForeignHeader.IsAddressList(original, field, static one => OuterAddress.Spec(one) is not null))
        {
            return value;
        }

        var written = ForeignHeader.Addresses(original, name).Select(Write).OfType<string>().ToList();
        return written.Count == 0 ? null : string.Join(", ", written);
    }

    /// <summary>Null when there is no field.</summary>
    public static string? Subject(HeaderSection original) => original.Find("Subject") is not { } field
        ? null
        : AsItCame(original, field, MaximumSubject) ?? Encode(SummaryText.OneLine(ForeignHeader.Text(original, "Subject") ?? "", MaximumNewSubject));

    /// <summary>The Date with its zone; null when it cannot be read, or not stand outside.</summary>
    public static string? Date(HeaderSection original) =>
        original.Find("Date") is { } field && ForeignHeader.Date(original) is not null ? AsItCame(original, field, MaximumDate) : null;

    /// <summary>The value unfolded, or null when it cannot stand outside as it is.</summary>
    private static string? AsItCame(HeaderSection original, HeaderField field, int maximum)
    {
        var raw = original.Value(field);
        if (raw.Length > maximum)
        {
            return null;
        }

        // Line ends within a field are folds, and a tab is white space like another.
        var value = Encoding.Latin1.GetString(raw)
            .Replace("\r\n", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace('\t', ' ').Trim(' ');
        return !value.AsSpan().ContainsAnyExceptInRange(' ', '~') && !value.Contains(Gap, StringComparison.Ordinal)
            && !value.Split(' ').Any(static word => word.Length > MaximumWord) && !ForeignHeader.Decode(value).EnumerateRunes().Any(SummaryText.IsUnseen)
            ? value
            : null;
    }

    private static string? Write(MailboxAddress mailbox)
    {
        var name = SummaryText.OneLine(mailbox.Name, MaximumName);
        return (OuterAddress.Spec(mailbox), name) switch
        {
            (null, _) => null,
            ({ } spec, "") => spec,
            var (spec, _) => $"{Phrase(name)} <{spec}>",
        };
    }

    // RFC 5322 section 3.2.5: atoms, or else a quoted string.
    private static string Phrase(string name)
    {
        var encoded = Encode(name);
        if (encoded != name || !name.AsSpan().ContainsAnyExcept(Atoms))
        {
            return encoded;
        }

        return "\"" + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
    }

    /// <summary>ASCII as it is; else, and where it would be taken for one, as encoded words (RFC 2047 section 4.1).</summary>
    private static string Encode(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.Contains("=?", StringComparison.Ordinal))
        {
            return text;
        }

        List<string> words = [];
        var bytes = new byte[EncodedWordBytes];
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (count + rune.Utf8SequenceLength > EncodedWordBytes)
            {
                words.Add(Word(bytes.AsSpan(0, count)));
                count = 0;
            }

            count += rune.EncodeToUtf8(bytes.AsSpan(count));
        }

        words.Add(Word(bytes.AsSpan(0, count)));
        return string.Join(' ', words);

        static string Word(ReadOnlySpan<byte> bytes) => $"=?utf-8?B?{Convert.ToBase64String(bytes)}?=";
    }
}
