using System.Globalization;
using System.Text;

namespace Portal.Smime;

/// <summary>What stands outside a sealed message.</summary>
/// <param name="NonStructural">Complete field lines with CRLF, folded as they stand outside; RFC 9788 repeats them inside.</param>
/// <param name="Text">The whole block with MIME fields, without the empty line.</param>
internal sealed record OuterHeaderBlock(OuterFields Fields, IReadOnlyList<string> NonStructural, string Text)
{
    /// <summary>What a subject is replaced by (RFC 9788 section 3.2.1).</summary>
    private const string HiddenSubject = "[...]";

    private const int FoldAt = 78;
    private const int MaximumMessageId = 900;

    /// <summary>What the request's policy leaves of the original, and nothing else of it.</summary>
    public static OuterHeaderBlock Of(SealingRequest request, HeaderSection original)
    {
        var fields = request.Policy switch
        {
            HeaderPolicy.Open => AsTheyCame(request, original, OuterText.Subject(original)),
            HeaderPolicy.Baseline => AsTheyCame(request, original, HiddenSubject),
            HeaderPolicy.Shy => Shy(request, original),
            HeaderPolicy.Blind => Blind(request),
            _ => throw new ArgumentException($"Unknown header policy {request.Policy}.", nameof(request)),
        };

        List<string> lines = [];
        Add(lines, "From", fields.From);
        Add(lines, "To", fields.To);
        Add(lines, "Cc", fields.Cc);
        Add(lines, "Date", fields.Date);
        Add(lines, "Subject", fields.Subject);
        Add(lines, "Message-ID", fields.MessageId);
        return new OuterHeaderBlock(fields, lines, string.Concat(lines) + Structural(request.Cipher));
    }

    // smime-type: RFC 8551 section 3.2.2.
    public static string Structural(ContentCipher cipher) =>
        "MIME-Version: 1.0\r\n"
        + $"Content-Type: application/pkcs7-mime; smime-type={(cipher == ContentCipher.Aes256Gcm ? "authEnveloped-data" : "enveloped-data")};\r\n name=\"smime.p7m\"\r\n"
        + "Content-Transfer-Encoding: base64\r\n"
        + "Content-Disposition: attachment; filename=\"smime.p7m\"\r\n";

    private static OuterFields AsTheyCame(SealingRequest request, HeaderSection original, string? subject) => new(
        OuterText.Addresses(original, "From"), OuterText.Addresses(original, "To"), OuterText.Addresses(original, "Cc"),
        OuterText.Date(original) ?? Utc(ForeignHeader.Date(original) ?? request.ReceivedAt), subject, MessageId(original));

    private static OuterFields Shy(SealingRequest request, HeaderSection original) => new(
        AddrSpecs(original, "From"), AddrSpecs(original, "To"), AddrSpecs(original, "Cc"),
        Utc(ForeignHeader.Date(original) ?? request.ReceivedAt), HiddenSubject, MessageId(original));

    // Mail clients want a sender: the vaultbox's own address says nothing, and it is nobody else's.
    private static OuterFields Blind(SealingRequest request)
    {
        var address = request.VaultboxAddress;
        var messageId = $"<{request.MessageId}@{address[(address.LastIndexOf('@') + 1)..]}>";
        return new OuterFields(address, address, null, Utc(request.ReceivedAt), HiddenSubject, messageId);
    }

    private static string Utc(DateTimeOffset date) => date.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    private static string? AddrSpecs(HeaderSection original, string name)
    {
        var specs = ForeignHeader.Addresses(original, name).Select(OuterAddress.Spec).OfType<string>().ToList();
        return specs.Count == 0 ? null : string.Join(", ", specs);
    }

    private static string? MessageId(HeaderSection original)
    {
        if (RawMessageId(original) is not { } value)
        {
            return null;
        }

        return value is ['<', _, .., '>'] && value.Length <= MaximumMessageId && !value.AsSpan(1, value.Length - 2).ContainsAnyExceptInRange('!', '~')
            && !value.AsSpan(1, value.Length - 2).ContainsAny('<', '>')
            ? value
            : null;
    }

    /// <summary>The Message-ID field value as written, trimmed; null when there is none.</summary>
    public static string? RawMessageId(HeaderSection original)
    {
        if (original.Find("Message-ID") is not { } field)
        {
            return null;
        }

        var value = original.Value(field).Trim(" \t\r\n"u8);
        return value.IsEmpty ? null : Encoding.Latin1.GetString(value[..Math.Min(value.Length, MaximumMessageId + 100)]);
    }

    private static void Add(List<string> lines, string name, string? value)
    {
        if (value is null)
        {
            return;
        }

        // Folded in front of a word, never where a line of white space alone would be left (RFC 5322 section 2.2.3).
        var line = new StringBuilder(name).Append(':');
        var column = line.Length;
        foreach (var word in value.Split(' '))
        {
            if (word.Length > 0 && column > name.Length + 1 && column + 1 + word.Length > FoldAt)
            {
                line.Append("\r\n");
                column = 0;
            }

            line.Append(' ').Append(word);
            column += 1 + word.Length;
        }

        lines.Add(line.Append("\r\n").ToString());
    }
}
