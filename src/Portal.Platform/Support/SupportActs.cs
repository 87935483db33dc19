using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.Tokens;

namespace Portal.Platform.Support;

/// <summary>What the acts of the support view share.</summary>
internal static class SupportActs
{
    public const int LeastMinutes = 5;
    public const int MostMinutes = 30;

    /// <summary>How long a request waits for its answer.</summary>
    public static readonly TimeSpan AnswerTime = TimeSpan.FromHours(2);

    public static readonly Failure OwnAccount = new("own_account", "This is your own account. You see it without a view.");
    public static readonly Failure ViewOpen = new("view_open", "There is a request or view of this account already. End it first.");
    public static readonly Failure ViewEnded = new("view_ended", "This request has been answered or has ended. Support can ask again.");
    public static readonly Failure TooOften = new("asked_too_often", "You have asked this person often within the hour. Try again later.");
    private static readonly Failure ReasonMissing = new("reason_missing", "Say in a few words why. The owner reads it.");
    private static readonly Failure ReasonTooLong = new("reason_too_long", $"A reason has at most {SupportGrantConfiguration.ReasonLength} characters.");
    private static readonly Failure TicketTooLong = new("ticket_too_long", $"A ticket has at most {SupportGrantConfiguration.TicketLength} characters.");
    private static readonly Failure MinutesOutOfRange = new("minutes_out_of_range", $"A view is for {LeastMinutes} to {MostMinutes} minutes.");

    /// <returns>Null for staff in a session of their own: no token, and nobody who is in a view already.</returns>
    public static Failure? RefuseStranger(Actor actor) =>
        actor is { Role: Role.Support or Role.Admin, SessionId: not null, Support: null } && actor.Allows(TokenScopes.Everything)
            ? null
            : AccountFailures.NotFound;

    /// <returns>Null for the owner of an account, by whatever may change it.</returns>
    public static Failure? RefuseOwner(Actor actor)
    {
        if (actor.UserId == Guid.Empty)
            return AccountFailures.NotFound;
        return actor.Allows(TokenScopes.AccountWrite) ? null : actor.Refusal;
    }

    public static bool IsMinutes(int minutes) => minutes is >= LeastMinutes and <= MostMinutes;

    /// <returns>Why the words of a request do not do; null: they do.</returns>
    public static Failure? RefuseWords([NotNull] ref string? reason, ref string? ticket, int minutes)
    {
        reason = reason?.Trim() ?? string.Empty;
        ticket = ticket?.Trim() is { Length: > 0 } text ? text : null;
        return reason.Length switch
        {
            0 => ReasonMissing,
            > SupportGrantConfiguration.ReasonLength => ReasonTooLong,
            _ when ticket?.Length > SupportGrantConfiguration.TicketLength => TicketTooLong,
            _ => IsMinutes(minutes) ? null : MinutesOutOfRange,
        };
    }

    public static Failure BadMinutes => MinutesOutOfRange;

    /// <summary>Grants that nobody has ended and whose time is not over.</summary>
    public static IQueryable<SupportGrant> Open(this IQueryable<SupportGrant> grants, DateTimeOffset now) =>
        grants.Where(grant => grant.EndedAt == null && grant.EndsAt > now);

    /// <summary>Closes what the clock ended between the two, so that a new request has room.</summary>
    public static Task CloseLapsedAsync(this PlatformContext context, Guid supporterId, Guid ownerId, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.SupportGrants
            .Where(grant => grant.SupporterId == supporterId && grant.OwnerId == ownerId && grant.EndedAt == null && grant.EndsAt <= now)
            .ExecuteUpdateAsync(grant => grant.SetProperty(g => g.EndedAt, g => g.EndsAt), cancellationToken);

    /// <summary>Ends the grant in the caller's transaction; every session that looks by it is told.</summary>
    /// <returns>False when it had ended.</returns>
    public static async Task<bool> EndGrantAsync(
        this PlatformContext context, SupportGrant grant, SupportEnd by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ended = await context.SupportGrants.Where(g => g.Id == grant.Id && g.EndedAt == null && g.EndsAt > now)
            .ExecuteUpdateAsync(g => g.SetProperty(x => x.EndedAt, now).SetProperty(x => x.EndedBy, by), cancellationToken);
        if (ended == 0)
            return false;
        var sessions = context.Sessions.Where(session => session.ViewingGrantId == grant.Id);
        var looking = await sessions.Select(session => session.Id).ToListAsync(cancellationToken);
        await sessions.ExecuteUpdateAsync(session => session.SetProperty(s => s.ViewingGrantId, (Guid?)null), cancellationToken);
        foreach (var session in looking)
            await context.AnnounceSessionAsync(session, cancellationToken);
        await context.AnnounceGrantAsync(grant, cancellationToken);
        return true;
    }

    public static AuditDetail AuditDetail(this SupportGrant grant) =>
        new AuditDetail().Fact("minutes", grant.Minutes).Fact("ticket", grant.Ticket).Personal("reason", grant.Reason);

    /// <summary>Both sides hear of it at once.</summary>
    public static async Task AnnounceGrantAsync(this PlatformContext context, SupportGrant grant, CancellationToken cancellationToken)
    {
        await context.AnnounceAccountAsync(grant.OwnerId, cancellationToken);
        if (grant.SupporterId is { } supporter)
            await context.AnnounceAccountAsync(supporter, cancellationToken);
    }
}
