namespace Portal.Vault.Credentials;

/// <summary>A submission credential of one vaultbox.</summary>
public sealed class VaultboxSmtpCredential
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid VaultboxId { get; init; }

    public required string Username { get; init; }

    /// <summary>bcrypt, cost 10.</summary>
    public required string PasswordHash { get; set; }

    public required string Host { get; set; }

    public int Port { get; set; } = 2587;

    public string SecurityType { get; set; } = "STARTTLS";

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
