using System.Buffers;

namespace Portal.Vault.Aliases;

/// <summary>The local part of an address that may be handed out: a Dot-string of RFC 5321 section 4.1.2, lower case, 1 to 64 octets.</summary>
public static class LocalPart
{
    public const int MaxLength = 64;

    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*/=?^_`{|}~-.";

    private static readonly SearchValues<char> Atext = SearchValues.Create(Letters);

    private static readonly SearchValues<char> AtextOrPlus = SearchValues.Create(Letters + "+");

    /// <summary>RFC 2142 and names that software sends to or from on its own: nobody may take them for a person's address.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "abuse", "admin", "administrator", "autoconfig", "autodiscover", "certmaster", "dmarc", "dns", "ftp", "hostmaster", "info",
        "mail", "mailer-daemon", "marketing", "mta-sts", "no-reply", "noc", "noreply", "postmaster", "root", "sales", "security",
        "smtp-tls-reports", "ssladmin", "ssladministrator", "sslwebmaster", "support", "sysadmin", "system", "usenet", "webmaster", "www",
    };

    /// <summary>
    /// Of what somebody wrote to, in lower case: the addresses here that could take it, the best first. A tag (RFC 5233) ends at the
    /// first plus, and what is no Dot-string finds only the address of just that name.
    /// </summary>
    public static string[] Candidates(string local)
    {
        if (local.AsSpan().IndexOfAnyExcept(AtextOrPlus) >= 0 || local.Length == 0 || local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal))
            return [local];
        var plus = local.IndexOf('+', StringComparison.Ordinal);
        return plus > 0 ? [local, local[..plus], Alias.CatchAll] : [local, Alias.CatchAll];
    }

    /// <summary>Lower-cased and trimmed, or the problem that keeps it from being an address here.</summary>
    public static VaultResult<string> Parse(string? text)
    {
        var local = (text ?? string.Empty).Trim().ToLowerInvariant();
        if (local.Length == 0)
            return VaultProblem.Invalid("alias_malformed", "Enter the part of the address before the @.");
        if (local.Length > MaxLength)
            return VaultProblem.Invalid("alias_malformed", $"The part before the @ may have {MaxLength} characters; this has {local.Length}.");
        if (local.Contains('+', StringComparison.Ordinal))
            return VaultProblem.Invalid("alias_malformed", "A + starts a tag and cannot be part of the address itself. Leave it out.");
        if (string.Equals(local, Alias.CatchAll, StringComparison.Ordinal))
            return VaultProblem.Invalid("alias_malformed", "A star stands for every address of a domain. Make a catch-all instead.");
        var index = local.AsSpan().IndexOfAnyExcept(Atext);
        if (index >= 0)
            return VaultProblem.Invalid("alias_malformed", $"{(local[index] == ' ' ? "A space" : $"“{local[index]}”")} cannot stand in an address. Use letters, digits, dots, dashes or underscores.");
        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal))
            return VaultProblem.Invalid("alias_malformed", "A dot can stand neither first, last nor twice in a row.");
        return Reserved.Contains(local)
            ? VaultProblem.Invalid("alias_reserved", $"“{local}” is reserved for the people who run the domain. Choose another name.")
            : local;
    }
}
