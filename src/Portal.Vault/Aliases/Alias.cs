namespace Portal.Vault.Aliases;

/// <summary>An address that mail for a vaultbox may arrive through; the primary one is an alias too.</summary>
public sealed class Alias
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid VaultboxId { get; init; }

    /// <summary>Lower-case A-label domain.</summary>
    public required string Domain { get; init; }

    /// <summary>Lower-case local part: matching ignores case.</summary>
    public required string LocalPart { get; init; }

    public bool IsPrimary { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
