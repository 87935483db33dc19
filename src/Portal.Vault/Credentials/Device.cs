using System.Net;

namespace Portal.Vault.Credentials;

/// <summary>
/// One username and one generated password for IMAP, SMTP or both. The hashes stand in a row for each protocol that it has; here
/// stands what tells which password is which.
/// </summary>
public sealed class Device
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid UserId { get; init; }

    /// <summary>Null: every vaultbox of the user, for IMAP alone.</summary>
    public Guid? VaultboxId { get; init; }

    /// <summary><c>encimap-{domain-with-dashes}-{6 characters}</c>, lower case.</summary>
    public required string Username { get; init; }

    public required string Label { get; set; }

    /// <summary>Names the present password, so that its uses can be told from those of the one before.</summary>
    public required Guid PasswordId { get; set; }

    /// <summary>The password's leading group, in clear; null for an imported one, which has none.</summary>
    public string? Selector { get; set; }

    /// <summary>The password before, while it is valid too.</summary>
    public Guid? PreviousPasswordId { get; set; }

    public string? PreviousSelector { get; set; }

    public DateTimeOffset? PreviousValidUntil { get; set; }

    /// <summary>Null: from anywhere.</summary>
    public IPNetwork[]? AllowedNetworks { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? RotatedAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>When the owner was told that the overlap ends while clients still use the password before.</summary>
    public DateTimeOffset? OverlapWarnedAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; init; }

    public IPAddress? LastUsedIp { get; init; }

    public string? LastUsedClient { get; init; }

    /// <summary>smtp or imap.</summary>
    public string? LastUsedProtocol { get; init; }
}

public static class DeviceProtocols
{
    public const string Smtp = "smtp";
    public const string Imap = "imap";
}
