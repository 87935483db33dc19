namespace Portal.Platform.Support;

public enum SupportGrantKind
{
    /// <summary>The owner is asked.</summary>
    Consent,

    /// <summary>An admin looks without asking; the owner is told at once.</summary>
    BreakGlass,
}

/// <summary>Who ended a view before its time.</summary>
public enum SupportEnd
{
    /// <summary>The owner said no.</summary>
    Refused,

    Owner,

    Supporter,
}

/// <summary>Where a view stands; it follows from the grant's times and the clock.</summary>
public enum SupportState
{
    /// <summary>Waits for the owner's answer.</summary>
    Asked,

    /// <summary>The owner said yes; nobody has looked yet.</summary>
    Agreed,

    Running,

    Refused,

    /// <summary>Nobody answered in time, or the request was taken back.</summary>
    Lapsed,

    Ended,
}

/// <summary>One request of a supporter to see an account as its owner does, and what became of it. Kept as the owner's record.</summary>
public sealed class SupportGrant
{
    public Guid Id { get; set; }

    public Guid OwnerId { get; set; }

    /// <summary>Null once that account is gone; <see cref="SupporterEmail"/> stays.</summary>
    public Guid? SupporterId { get; set; }

    /// <summary>The supporter's address when the view was asked for.</summary>
    public required string SupporterEmail { get; set; }

    public SupportGrantKind Kind { get; set; }

    public required string Reason { get; set; }

    public string? Ticket { get; set; }

    /// <summary>How long the view is for, 5 to 30 minutes; it counts from <see cref="AnsweredAt"/>.</summary>
    public int Minutes { get; set; }

    /// <summary>SHA-256 of the mailed link's token; null where nobody is asked.</summary>
    public byte[]? TokenHash { get; set; }

    public DateTimeOffset AskedAt { get; set; }

    /// <summary>When the owner said yes; with broken glass the moment of the breaking.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>When the supporter opened it first.</summary>
    public DateTimeOffset? StartsAt { get; set; }

    /// <summary>At the latest: until when an answer counts, once it is given until when the view may stand.</summary>
    public DateTimeOffset EndsAt { get; set; }

    /// <summary>When somebody ended it; null: the clock does.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public SupportEnd? EndedBy { get; set; }

    public SupportState StateAt(DateTimeOffset now) => this switch
    {
        { EndedBy: SupportEnd.Refused } => SupportState.Refused,
        { AnsweredAt: null } => EndedAt is null && now < EndsAt ? SupportState.Asked : SupportState.Lapsed,
        _ when EndedAt is not null || now >= EndsAt => SupportState.Ended,
        { StartsAt: null } => SupportState.Agreed,
        _ => SupportState.Running,
    };
}

/// <summary>One page or call of the API that a supporter opened in a view. The service role can add rows and change none.</summary>
public sealed class SupportLook
{
    public Guid Id { get; set; }

    public Guid GrantId { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>In plain words, as <c>Activity of a vaultbox</c>.</summary>
    public required string What { get; set; }

    /// <summary>Path of the portal with its ids, without query.</summary>
    public required string Path { get; set; }
}
