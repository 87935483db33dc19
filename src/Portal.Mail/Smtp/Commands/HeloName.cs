using System.Buffers;

namespace Portal.Mail.Smtp.Commands;

/// <summary>The argument of HELO and EHLO: a word of the letters that domains and address literals are made of.</summary>
internal static class HeloName
{
    private static readonly SearchValues<char> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_:[]");

    /// <summary>
    /// Domain / address-literal (RFC 5321 section 4.1.1.1), taken loosely: many honest senders give host names that are no domain,
    /// and section 4.1.4 forbids refusing for a name that does not check out. Parentheses, quotes and anything else that could break a
    /// Received field stay out.
    /// </summary>
    public static bool IsUsable(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= 255 && !name.ContainsAnyExcept(Letters);
}
