namespace Portal.Platform.Support;

/// <summary>A view as both sides may read of it.</summary>
/// <param name="AgreedAt">When the owner said yes, or the glass was broken; null: nobody has answered.</param>
/// <param name="EndedAt">When it was over; null: it is not.</param>
/// <param name="EndedBy">Null when the clock ended it, or it is not over.</param>
/// <param name="Looks">Oldest first.</param>
public sealed record SupportViewRecord(
    Guid Id,
    Guid OwnerId,
    string OwnerEmail,
    string SupporterEmail,
    SupportGrantKind Kind,
    string Reason,
    string? Ticket,
    int Minutes,
    SupportState State,
    DateTimeOffset AskedAt,
    DateTimeOffset? AgreedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset EndsAt,
    DateTimeOffset? EndedAt,
    SupportEnd? EndedBy,
    IReadOnlyList<SeenInView> Looks)
{
    internal static SupportViewRecord Of(SupportGrant grant, string ownerEmail, IReadOnlyList<SeenInView> looks, DateTimeOffset now)
    {
        var state = grant.StateAt(now);
        var isOpen = state is SupportState.Asked or SupportState.Agreed or SupportState.Running;
        return new SupportViewRecord(
            grant.Id, grant.OwnerId, ownerEmail, grant.SupporterEmail, grant.Kind, grant.Reason, grant.Ticket, grant.Minutes, state, grant.AskedAt,
            grant.AnsweredAt, grant.StartsAt, grant.EndsAt, isOpen ? null : grant.EndedAt ?? grant.EndsAt, isOpen ? null : grant.EndedBy, looks);
    }
}

/// <param name="What">In plain words.</param>
/// <param name="Path">With its ids.</param>
public sealed record SeenInView(DateTimeOffset At, string What, string Path);
