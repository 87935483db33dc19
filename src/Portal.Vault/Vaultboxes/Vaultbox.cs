namespace Portal.Vault.Vaultboxes;

/// <summary>One address with its own keys, aliases and mail.</summary>
public sealed class Vaultbox
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The owner: users.id of the platform database. A logical reference, kept by <c>Provisioning</c>.</summary>
    public required Guid UserId { get; init; }

    /// <summary>Lower-case A-label domain.</summary>
    public required string Domain { get; init; }

    public required string Name { get; set; }

    /// <summary>Local part of the primary address, lower case.</summary>
    public required string Alias { get; init; }

    public string Status { get; set; } = VaultboxStatus.Active;

    /// <summary><see cref="VaultboxLimits"/>, as a JSON object.</summary>
    public string Limits { get; set; } = "{}";

    public bool SmtpEnabled { get; set; }

    /// <summary>Which header fields stand outside the sealed part.</summary>
    public string HeaderPolicy { get; set; } = "shy";

    /// <summary>What messages are encrypted with.</summary>
    public string Cipher { get; set; } = VaultboxCiphers.Aes256Cbc;

    /// <summary>What becomes of mail that its sender has encrypted.</summary>
    public string EncryptedMail { get; set; } = EncryptedMailPolicies.Seal;

    /// <summary>What the <c>sender</c> column may say: full, domain or none.</summary>
    public string MetadataPolicy { get; set; } = "full";

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When <see cref="Status"/> became what it is; null: as it was made.</summary>
    public DateTimeOffset? StatusChangedAt { get; set; }

    /// <summary>Set: its owner deleted it. It is as good as gone, and can be restored until it is purged.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    public string Address => $"{Alias}@{Domain}";
}

public static class VaultboxStatus
{
    public const string Active = "active";

    /// <summary>Refuses mail and sends none, for a while.</summary>
    public const string Paused = "paused";

    /// <summary>Refuses mail and sends none, for good; what it holds stays.</summary>
    public const string Archived = "archived";

    public static readonly IReadOnlyList<string> All = [Active, Paused, Archived];
}

/// <summary>Which header fields stand outside the sealed part, from the most to none.</summary>
public static class HeaderPolicyNames
{
    public const string Open = "open";
    public const string Baseline = "baseline";
    public const string Shy = "shy";
    public const string Blind = "blind";

    public static readonly IReadOnlyList<string> All = [Open, Baseline, Shy, Blind];
}

/// <summary>What may be written down of a sender.</summary>
public static class MetadataPolicies
{
    public const string Full = "full";
    public const string Domain = "domain";
    public const string None = "none";

    public static readonly IReadOnlyList<string> All = [Full, Domain, None];
}

/// <summary>What becomes of mail that comes encrypted.</summary>
public static class EncryptedMailPolicies
{
    /// <summary>It is sealed like any other, header and all.</summary>
    public const string Seal = "seal";

    /// <summary>What is sealed to a key of the vaultbox already, with AES-256, is stored as it came; the rest is sealed.</summary>
    public const string Leave = "leave";

    public static readonly IReadOnlyList<string> All = [Seal, Leave];
}

public static class VaultboxCiphers
{
    /// <summary>EnvelopedData (RFC 5652): what every mail client opens.</summary>
    public const string Aes256Cbc = "aes-256-cbc";

    /// <summary>AuthEnvelopedData (RFC 5083, 5084): what this portal opens.</summary>
    public const string Aes256Gcm = "aes-256-gcm";

    public static readonly IReadOnlyList<string> All = [Aes256Cbc, Aes256Gcm];
}
