namespace Portal.Platform.Audit;

/// <summary>Something personal that an entry of the chain commits to: kept beside the chain, so that it can be erased.</summary>
public sealed class AuditValue
{
    /// <summary><see cref="AuditHash.OfValue"/>: what the entry holds.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Whose it is, and with whom it goes.</summary>
    public Guid? Pseudonym { get; init; }

    /// <summary>Without it nobody finds an erased address by trying addresses.</summary>
    public required byte[] Salt { get; init; }

    /// <summary>JSON, kept to the byte.</summary>
    public required string Value { get; init; }
}
