using System.Globalization;
using System.Text;
using MimeKit;

namespace Portal.Smime;

/// <summary>What stands outside a sealed message.</summary>
/// <param name="NonStructural">Complete field lines with CRLF, folded as they stand outside; RFC 9788 repeats them inside.</param>
/// <param name="Text">The whole block with MIME fields, without the empty line.</param>
internal sealed record OuterHeaderBlock(OuterFields Fields, IReadOnlyList<string> NonStructural, string Text)
{
    /// <summary>What a subject is replaced by (RFC 9788 section 3.2.1).</summary>
    private const string HiddenSubject = "[...]";

    private const string Structural =
        "MIME-Version: 1.0\r\n"
        + "Content-Type: application/pkcs7-mime; smime-type=enveloped-data;\r\n name=\"smime.p7m\"\r\n"
        + "Content-Transfer-Encoding: base64\r\n"
        + "Content-Disposition: attachment; filename=\"smime.p7m\"\r\n";

    private const int FoldAt = 78;
    private const int MaximumAddress = 320;
    private const int MaximumMessageId = 900;

    /// <summary>Header confidentiality policy <c>hcp_shy</c> (RFC 9788 section 3.2.2).</summary>
    public static OuterHeaderBlock Shy(HeaderSection original, DateTimeOffset receivedAt)
    {
        var date = (ForeignHeader.Date(original) ?? receivedAt).UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
        var fields = new OuterFields(
            Addresses(original, "From"), Addresses(original, "To"), Addresses(original, "Cc"), date, HiddenSubject, MessageId(original));

        List<string> lines = [];
        Add(lines, "From", fields.From);
        Add(lines, "To", fields.To);
        Add(lines, "Cc", fields.Cc);
        Add(lines, "Date", fields.Date);
        Add(lines, "Subject", fields.Subject);
        Add(lines, "Message-ID", fields.MessageId);
        return new OuterHeaderBlock(fields, lines, string.Concat(lines) + Structural);
    }

    private static string? Addresses(HeaderSection original, string name)
    {
        var specs = ForeignHeader.Addresses(original, name).Select(AddressSpec).OfType<string>().ToList();
        return specs.Count == 0 ? null : string.Join(", ", specs);
    }

    /// <summary>addr-spec without display name, domain as A-labels; null when it is not one, so that no other text slips out.</summary>
    private static string? AddressSpec(MailboxAddress mailbox)
    {
        var address = mailbox.Address;
        try
        {
            address = MailboxAddress.EncodeAddrspec(address);
        }
        catch (ArgumentException)
        {
            // A domain that IDNA refuses stays as it was written.
        }

        var at = address.LastIndexOf('@');
        return at > 0 && at < address.Length - 1 && address.Length <= MaximumAddress && IsLocalPart(address.AsSpan(0, at)) && IsDomain(address.AsSpan(at + 1))
            ? address
            : null;
    }

    // RFC 5322 section 3.4.1: dot-atom or quoted-string; RFC 6532 adds non-ASCII.
    private static bool IsLocalPart(ReadOnlySpan<char> local)
    {
        if (local is not ['"', .. var quoted, '"'])
        {
            return IsAtoms(local);
        }

        for (var index = 0; index < quoted.Length; index++)
        {
            if (char.IsControl(quoted[index]) || quoted[index] == '"' || (quoted[index] == '\\' && ++index == quoted.Length))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsDomain(ReadOnlySpan<char> domain) =>
        domain is ['[', .. var literal, ']'] ? !literal.ContainsAnyExcept("0123456789abcdefABCDEFIPVipv.:") : IsAtoms(domain);

    private static bool IsAtoms(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (char.IsControl(character) || char.IsWhiteSpace(character) || char.IsSurrogate(character) || "()<>[]:;@\\,\"".Contains(character, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return !text.IsEmpty;
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

        var line = new StringBuilder(name).Append(':');
        var column = line.Length;
        foreach (var word in value.Split(", "))
        {
            var separator = column == name.Length + 1 ? " " : ", ";
            if (separator.Length == 2 && column + 2 + word.Length + 1 > FoldAt)
            {
                line.Append(",\r\n ");
                column = 1;
            }
            else
            {
                line.Append(separator);
                column += separator.Length;
            }

            line.Append(word);
            column += word.Length;
        }

        lines.Add(line.Append("\r\n").ToString());
    }
}
