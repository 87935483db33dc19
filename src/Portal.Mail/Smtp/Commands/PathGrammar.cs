using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Portal.Mail.Smtp.Commands;

/// <summary>Paths and mailboxes (RFC 5321 section 4.1.2, widened to UTF-8 by RFC 6531 section 3.3).</summary>
internal static class PathGrammar
{
    /// <summary>Characters of a mailbox: 64 + "@" + 255 (RFC 5321 section 4.5.3.1).</summary>
    private const int MaxMailboxLength = 320;

    // atext (RFC 5322 section 3.2.3)
    private static readonly SearchValues<char> Atext =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~");

    /// <summary>Reverse-path = Path / "&lt;&gt;"; the null path comes back as null.</summary>
    public static bool TryTakeReversePath(ref TextCursor cursor, out MailPath? path)
    {
        path = null;
        if (!cursor.TryTake('<'))
            return false;
        return cursor.TryTake('>') || TryTakeRest(ref cursor, postmasterAlone: false, out path);
    }

    /// <summary>Forward-path = Path, or "&lt;Postmaster&gt;" without a domain (section 4.5.1).</summary>
    public static bool TryTakeForwardPath(ref TextCursor cursor, [NotNullWhen(true)] out MailPath? path)
    {
        path = null;
        return cursor.TryTake('<') && TryTakeRest(ref cursor, postmasterAlone: true, out path);
    }

    public static bool IsDotString(ReadOnlySpan<char> text)
    {
        var cursor = new TextCursor(text);
        return TakeDotString(ref cursor).Length == text.Length && !text.IsEmpty;
    }

    /// <summary>Path = "&lt;" [ A-d-l ":" ] Mailbox "&gt;", after its opening bracket.</summary>
    private static bool TryTakeRest(ref TextCursor cursor, bool postmasterAlone, [NotNullWhen(true)] out MailPath? path)
    {
        path = null;
        if (cursor.Next == '@' && !SkipSourceRoute(ref cursor))
            return false;
        if (!TryTakeLocalPart(ref cursor, out var localPart))
            return false;

        if (postmasterAlone && cursor.TryTake('>'))
        {
            path = new MailPath(localPart, string.Empty, IsAscii: true);
            return localPart.Equals("postmaster", StringComparison.OrdinalIgnoreCase);
        }

        if (!cursor.TryTake('@'))
            return false;
        var domain = cursor.TakeUntilAny(">");
        if (!cursor.TryTake('>') || !DomainGrammar.TryRead(domain, out var canonical))
            return false;
        var isAscii = Ascii.IsValid(localPart) && Ascii.IsValid(domain);
        path = new MailPath(localPart, canonical, isAscii);
        return localPart.Length + 1 + canonical.Length <= MaxMailboxLength;
    }

    /// <summary>A-d-l = At-domain *( "," At-domain ); accepted and ignored (appendix C).</summary>
    private static bool SkipSourceRoute(ref TextCursor cursor)
    {
        do
        {
            if (!cursor.TryTake('@') || !DomainGrammar.TryRead(cursor.TakeUntilAny(",:>"), out _))
                return false;
        }
        while (cursor.TryTake(','));
        return cursor.TryTake(':');
    }

    /// <summary>Local-part = Dot-string / Quoted-string</summary>
    private static bool TryTakeLocalPart(ref TextCursor cursor, [NotNullWhen(true)] out string? localPart)
    {
        if (cursor.TryTake('"'))
            return TryTakeQuoted(ref cursor, out localPart);
        localPart = TakeDotString(ref cursor);
        return localPart.Length > 0;
    }

    /// <summary>Dot-string = Atom *("." Atom); Atom = 1*( atext / UTF8-non-ascii ). Empty when there is none.</summary>
    private static string TakeDotString(ref TextCursor cursor)
    {
        var taken = new StringBuilder();
        var afterDot = true;
        while (!cursor.IsAtEnd && (IsAtomText(cursor.Next) || (cursor.Next == '.' && !afterDot)))
        {
            var c = cursor.TakeOne();
            afterDot = c == '.';
            taken.Append(c);
        }

        return afterDot ? string.Empty : taken.ToString();
    }

    /// <summary>Quoted-string = DQUOTE *( qtextSMTP / quoted-pairSMTP ) DQUOTE, after its opening quote.</summary>
    private static bool TryTakeQuoted(ref TextCursor cursor, [NotNullWhen(true)] out string? localPart)
    {
        var taken = new StringBuilder();
        localPart = null;
        while (!cursor.IsAtEnd)
        {
            var c = cursor.TakeOne();
            if (c == '"')
            {
                localPart = taken.ToString();
                return localPart.Length > 0;
            }

            if (c == '\\')
            {
                if (cursor.IsAtEnd)
                    return false;
                c = cursor.TakeOne();
                // quoted-pairSMTP = "\" %d32-126
                if (c is < ' ' or > '~')
                    return false;
            }

            if (c < ' ')
                return false;
            taken.Append(c);
        }

        return false;
    }

    private static bool IsAtomText(char c) => c > '\x7F' ? !char.IsWhiteSpace(c) : Atext.Contains(c);
}
