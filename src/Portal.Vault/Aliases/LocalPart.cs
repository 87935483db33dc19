using System.Buffers;

namespace Portal.Vault.Aliases;

/// <summary>The local part of an address that may be handed out: a Dot-string of RFC 5321 section 4.1.2, lower case, 1 to 64 octets.</summary>
public static class LocalPart
{
    public const int MaxLength = 64;

    private static readonly SearchValues<char> Atext =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*/=?^_`{|}~-.");

    /// <summary>RFC 2142 and names that software sends to or from on its own: nobody may take them for a person's address.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "abuse", "admin", "administrator", "autoconfig", "autodiscover", "certmaster", "dmarc", "dns", "ftp", "hostmaster", "info",
        "mail", "mailer-daemon", "marketing", "mta-sts", "no-reply", "noc", "noreply", "postmaster", "root", "sales", "security",
        "smtp-tls-reports", "ssladmin", "ssladministrator", "sslwebmaster", "support", "sysadmin", "system", "usenet", "webmaster", "www",
    };

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
        var index = local.AsSpan().IndexOfAnyExcept(Atext);
        if (index >= 0)
            return VaultProblem.Invalid("alias_malformed", $"“{local[index]}” cannot stand in an address. Use letters, digits, dots, dashes or underscores.");
        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal))
            return VaultProblem.Invalid("alias_malformed", "A dot can stand neither first, last nor twice in a row.");
        return Reserved.Contains(local)
            ? VaultProblem.Invalid("alias_reserved", $"“{local}” is reserved for the people who run the domain. Choose another name.")
            : local;
    }
}
