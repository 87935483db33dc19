namespace Portal.Platform.Audit;

/// <summary>One act in the chain. Written once; neither the service role nor, without switching off a trigger, the owner changes it.</summary>
/// <remarks>People stand in it by pseudonyms, what is personal by its salted hash: both can be forgotten and the chain still holds.</remarks>
public sealed class AuditEntry
{
    /// <summary>From 1, without a gap.</summary>
    public required long Seq { get; init; }

    /// <summary>Of the row that it was in an outbox; makes that each is taken once.</summary>
    public required Guid OutboxId { get; init; }

    /// <summary>When it was done, to the microsecond. Two databases feed the chain, so times may be out of order by moments.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    public required string ActorKind { get; init; }

    /// <summary>Pseudonym of who did it.</summary>
    public Guid? Actor { get; init; }

    /// <summary>Pseudonym of whose portal was looked at.</summary>
    public Guid? OnBehalfOf { get; init; }

    public required string Act { get; init; }

    public required string TargetKind { get; init; }

    public string? TargetId { get; init; }

    /// <summary>Pseudonym of the account that the target belongs to.</summary>
    public Guid? Owner { get; init; }

    /// <summary>Facts before and after, as JSON text that is kept to the byte.</summary>
    public string? Before { get; init; }

    public string? After { get; init; }

    /// <summary>Names the <see cref="AuditValue"/> that says from where it came; it is the actor's.</summary>
    public byte[]? FromHash { get; init; }

    /// <summary>Names the <see cref="AuditValue"/> with personal values before and after; it is the owner's.</summary>
    public byte[]? ValuesHash { get; init; }

    /// <summary>Of the entry before; 32 zeros in the first.</summary>
    public required byte[] PrevHash { get; init; }

    /// <summary><see cref="AuditHash.Of(AuditEntry)"/>.</summary>
    public byte[] Hash { get; internal set; } = [];
}
