namespace Portal.Vault.Aliases;

/// <summary>
/// An address that somebody had and has no more: neither the alias nor its vaultbox is left. Its mail may go on coming for years, so on a
/// domain that accounts share nobody else gets it.
/// </summary>
public sealed class RetiredAddress
{
    /// <summary>Lower-case A-label domain.</summary>
    public required string Domain { get; init; }

    /// <summary>Lower-case local part.</summary>
    public required string LocalPart { get; init; }

    /// <summary>Who had it last; of an account that is gone too.</summary>
    public required Guid UserId { get; init; }

    public required DateTimeOffset RetiredAt { get; init; }
}
