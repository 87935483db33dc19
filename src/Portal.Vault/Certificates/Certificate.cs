namespace Portal.Vault.Certificates;

/// <summary>
/// A public certificate or key, or a private key that was encrypted in the browser. The server can never open a private row.
/// </summary>
public sealed class Certificate
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid VaultboxId { get; init; }

    /// <summary><see cref="CertificateTypes"/>.</summary>
    public required string CertificateType { get; init; }

    /// <summary><see cref="KeyPurposes"/>.</summary>
    public required string Purpose { get; init; }

    /// <summary>X.509 or SPKI PEM for public rows; the ENCRYPTED armour for private rows.</summary>
    public required string PemContent { get; init; }

    public required string FriendlyName { get; set; }

    /// <summary>SHA-256 of the certificate DER (mail) or SPKI DER (portal, owner), 32 bytes; a private row carries its public row's.</summary>
    public required byte[] FingerprintSha256 { get; init; }

    /// <summary>In words: "RSA 3072", "EC P-256".</summary>
    public required string Algorithm { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? NotAfter { get; init; }

    public string Status { get; set; } = CertificateStatus.Active;

    /// <summary>Who bound this key to the vaultbox: 'owner' or 'installation'.</summary>
    public string? BindingKind { get; init; }

    /// <summary>ECDSA P-256 with SHA-256, IEEE P1363, 64 bytes.</summary>
    public byte[]? BindingSignature { get; init; }

    public DateTimeOffset? LastProvenAt { get; set; }

    /// <summary>Since when no new mail is sealed to it; null while <see cref="Status"/> is active.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    /// <summary>Of the days before its end at which the owner is warned, the last that was told; null: none yet.</summary>
    public short? ExpiryWarnedDays { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

public static class CertificateTypes
{
    public const string Public = "public";
    public const string Private = "private";
}

public static class KeyPurposes
{
    public const string Mail = "mail";
    public const string Portal = "portal";
    public const string Owner = "owner";
}

public static class CertificateStatus
{
    public const string Active = "active";
    public const string Retired = "retired";
}

public static class BindingKinds
{
    public const string Owner = "owner";
    public const string Installation = "installation";
}
