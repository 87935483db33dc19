namespace Portal.Audit;

/// <summary>
/// An act that waits to be chained, written in the transaction of the act itself: both are in the database or neither is. Each database
/// has its own; the portal empties them into the one chain of the platform.
/// </summary>
public sealed class AuditOutboxRow
{
    /// <summary>The chain takes each once.</summary>
    public required Guid Id { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary><see cref="ActorKinds"/>.</summary>
    public required string ActorKind { get; init; }

    public Guid? ActorId { get; init; }

    public Guid? OnBehalfOfId { get; init; }

    /// <summary><see cref="Acts"/>.</summary>
    public required string Act { get; init; }

    public required string TargetKind { get; init; }

    public string? TargetId { get; init; }

    public Guid? OwnerId { get; init; }

    /// <summary>JSON, as in <see cref="AuditDetail"/>; so are the three below.</summary>
    public string? Before { get; init; }

    public string? After { get; init; }

    public string? PersonalBefore { get; init; }

    public string? PersonalAfter { get; init; }

    public string? FromNetwork { get; init; }

    public string? FromAgent { get; init; }

    public string? FromCredential { get; init; }
}
