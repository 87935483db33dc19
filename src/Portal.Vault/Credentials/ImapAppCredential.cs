using Portal.Passwords;

namespace Portal.Vault.Credentials;

/// <summary>The IMAP side of a device; without a vaultbox it opens all of the user's vaultboxes.</summary>
public sealed class ImapAppCredential
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid DeviceId { get; init; }

    public required Guid UserId { get; init; }

    /// <summary><c>encimap-{domain-with-dashes}-{6 characters}</c>, the same for SMTP and IMAP.</summary>
    public required string Username { get; init; }

    public Guid? VaultboxId { get; init; }

    /// <summary>bcrypt, cost 10; <see cref="CredentialHash.None"/> once it is revoked.</summary>
    public required string PasswordHash { get; set; }

    /// <summary>Of the password before, until its time is over.</summary>
    public string? PreviousPasswordHash { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
