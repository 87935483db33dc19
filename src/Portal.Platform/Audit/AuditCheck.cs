namespace Portal.Platform.Audit;

/// <summary>What a verification of the whole chain found; the newest is what the page shows.</summary>
public sealed class AuditCheck
{
    public Guid Id { get; init; }

    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>Entries that were read.</summary>
    public required long Entries { get; init; }

    /// <summary>Signed heads that were compared.</summary>
    public required int Heads { get; init; }

    /// <summary>The first entry that is wrong; null when all is well.</summary>
    public long? BadSeq { get; init; }

    /// <summary><see cref="AuditFault"/>.</summary>
    public string? Fault { get; init; }
}
