namespace Portal.Platform.Audit;

/// <summary>Which account a pseudonym stands for. With this row gone, the chain's entries are nobody's.</summary>
public sealed class AuditIdentity
{
    public required Guid Pseudonym { get; init; }

    public required Guid UserId { get; init; }
}
