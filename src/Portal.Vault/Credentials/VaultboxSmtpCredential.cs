namespace Portal.Vault.Credentials;

/// <summary>The SMTP side of a device: a submission credential of one vaultbox.</summary>
public sealed class VaultboxSmtpCredential
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid DeviceId { get; init; }

    public required Guid VaultboxId { get; init; }

    /// <summary>The device's.</summary>
    public required string Username { get; init; }

    /// <summary>bcrypt, cost 10.</summary>
    public required string PasswordHash { get; set; }

    /// <summary>Of the password before, until its time is over.</summary>
    public string? PreviousPasswordHash { get; set; }

    public required string Host { get; set; }

    public int Port { get; set; } = 2587;

    public string SecurityType { get; set; } = "STARTTLS";

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
