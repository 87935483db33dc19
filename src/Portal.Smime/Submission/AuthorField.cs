using System.Text;
using System.Text.RegularExpressions;
using MimeKit;

namespace Portal.Smime;

/// <summary>
/// From or Sender of a submitted message: read strictly, and written anew unless every reader reads it alike. Comments, routes, groups
/// and escapes are where readers differ, and where one address can be checked and another be shown.
/// </summary>
internal sealed partial class AuthorField
{
    private const string Bare = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+";

    private const string Phrase = "(?:\"[^\"\\\\]*\"|[^\"()<>\\[\\]:;@\\\\,]*)";

    private const string Entry = $"[ \\t]*(?:{Phrase}[ \\t]*<{Bare}>|{Bare})[ \\t]*";

    private AuthorField(string name, IReadOnlyList<MailboxAddress> mailboxes, bool isPlain) => (Name, Mailboxes, IsPlain) = (name, mailboxes, isPlain);

    public string Name { get; }

    public IReadOnlyList<MailboxAddress> Mailboxes { get; }

    /// <summary>Whether it can stay as it stands.</summary>
    public bool IsPlain { get; }

    /// <summary><c>local@domain</c>, the domain in A-labels.</summary>
    public IEnumerable<string> Addresses => Mailboxes.Select(static mailbox => mailbox.GetAddress(idnEncode: true));

    /// <returns>Null when the value is no list of at least one address whose local part is a dot-atom in ASCII.</returns>
    public static AuthorField? Read(HeaderSection header, HeaderField field, string name)
    {
        if (!InternetAddressList.TryParse(ParserOptions.Default, header.Buffer, field.ValueStart, field.End - field.ValueStart, out var list))
            return null;
        List<MailboxAddress> mailboxes = [.. list.Mailboxes];
        if (mailboxes.Count == 0 || !mailboxes.TrueForAll(static mailbox => Address().IsMatch(mailbox.GetAddress(idnEncode: true))))
            return null;
        var value = Encoding.Latin1.GetString(header.Value(field)).Replace("\r\n", string.Empty, StringComparison.Ordinal);
        return new AuthorField(name, mailboxes, Plain().IsMatch(value));
    }

    /// <summary>The same authors without anything that can be read in two ways; ends with CRLF.</summary>
    public string Write()
    {
        var text = new StringBuilder(Name).Append(": ");
        for (var i = 0; i < Mailboxes.Count; i++)
        {
            var words = string.Join(' ', Ambiguous().Replace(Mailboxes[i].Name ?? string.Empty, " ").Split(' ', StringSplitOptions.RemoveEmptyEntries));
            text.Append(i == 0 ? string.Empty : ",\r\n ");
            if (words.Length > 0)
                text.Append(Encoding.ASCII.GetString(MimeKit.Utils.Rfc2047.EncodePhrase(Encoding.UTF8, words))).Append(' ');
            text.Append('<').Append(Mailboxes[i].GetAddress(idnEncode: true)).Append('>');
        }

        return text.Append("\r\n").ToString();
    }

    /// <summary>One address, or several, each bare or behind a phrase or a quoted name without escapes.</summary>
    [GeneratedRegex($"^{Entry}(?:,{Entry})*\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Plain();

    /// <summary>Dot-atom "@" domain (RFC 5322 section 3.4.1).</summary>
    [GeneratedRegex("""^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\z""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    /// <summary>The specials of RFC 5322 section 3.2.3, but the dot, and what is not to be seen.</summary>
    [GeneratedRegex("""[\p{Cc}\p{Zl}\p{Zp}"()<>\[\]:;@\\,]+""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Ambiguous();
}
