using System.Diagnostics.CodeAnalysis;
using Portal.Platform.Domains;

namespace Portal.Platform.Accounts;

/// <summary>The one spelling of an account's e-mail address: all in lower case, the domain in A-labels.</summary>
internal static class EmailAddress
{
    private const string AtomSpecials = "!#$%&'*+-/=?^_`{|}~.";

    /// <summary>RFC 5321 section 4.5.3.1: local part of 64 octets; a path of 256 leaves 254 for the address.</summary>
    private const int LongestLocalPart = 64;

    private const int Longest = 254;

    /// <summary>Takes a dot-atom local part only (RFC 5321 section 4.1.2): a quoted one as an account name helps nobody.</summary>
    public static bool TryNormalise(string? text, [NotNullWhen(true)] out string? email)
    {
        email = null;
        var trimmed = text?.Trim();
        if (string.IsNullOrEmpty(trimmed) || trimmed.Length > Longest)
            return false;
        var at = trimmed.LastIndexOf('@');
        if (at is < 1 or > LongestLocalPart || !DomainName.TryNormalise(trimmed[(at + 1)..], out var domain))
            return false;
        var local = trimmed[..at].ToLowerInvariant();
        if (!local.All(c => char.IsAsciiLetterOrDigit(c) || AtomSpecials.Contains(c, StringComparison.Ordinal))
            || local.StartsWith('.') || local.EndsWith('.') || local.Contains("..", StringComparison.Ordinal)
            || local.Length + 1 + domain.Length > Longest)
            return false;
        email = $"{local}@{domain}";
        return true;
    }
}
