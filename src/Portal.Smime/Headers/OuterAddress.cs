using System.Globalization;
using MimeKit;

namespace Portal.Smime;

/// <summary>Which addresses may stand outside: addr-specs only (RFC 5322 section 3.4.1), so that no other text slips out as one.</summary>
internal static class OuterAddress
{
    private const int Maximum = 320;

    /// <summary>addr-spec without display name, domain as A-labels; null when it is not one.</summary>
    public static string? Spec(MailboxAddress mailbox)
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

        return IsAddrSpec(address) ? address : null;
    }

    public static bool IsAddrSpec(string address)
    {
        var at = address.LastIndexOf('@');
        return at > 0 && at < address.Length - 1 && address.Length <= Maximum && IsLocalPart(address.AsSpan(0, at)) && IsDomain(address.AsSpan(at + 1));
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
            if (IsUnseen(quoted[index]) || quoted[index] == '"' || (quoted[index] == '\\' && ++index == quoted.Length))
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
            if (IsUnseen(character) || char.IsWhiteSpace(character) || char.IsSurrogate(character) || "()<>[]:;@\\,\"".Contains(character, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }

    /// <summary>What is not seen, or turns the direction of what follows, says something else than it shows.</summary>
    private static bool IsUnseen(char character) =>
        char.IsControl(character) || CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.Format;
}
