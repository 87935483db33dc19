using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts;
using Portal.Platform.Audit;

namespace Portal.Platform.Support;

/// <param name="Agrees">False: no.</param>
/// <param name="Minutes">5 to 30; null: as many as were asked for.</param>
public sealed record AnswerViewRequest(Guid GrantId, bool Agrees, int? Minutes = null);

/// <param name="EndsAt">Until when the view may stand, where the answer was yes.</param>
public sealed record AnsweredView(Guid GrantId, bool Agreed, DateTimeOffset EndsAt);

/// <summary>The owner answers a request in the portal.</summary>
public sealed class AnswerView(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public async Task<Outcome<AnsweredView>> HandleAsync(Actor actor, AnswerViewRequest request, CancellationToken cancellationToken)
    {
        if (SupportActs.RefuseOwner(actor) is { } refusal)
            return refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var grant = await context.SupportGrants.AsNoTracking()
            .SingleOrDefaultAsync(g => g.Id == request.GrantId && g.OwnerId == actor.UserId, cancellationToken);
        return grant is null ? AccountFailures.NotFound : await AnswerAsync(context, actor.ForAudit(), grant, request, time.GetUtcNow(), cancellationToken);
    }

    /// <summary>The answer itself, whichever way it came. One is taken; whoever comes second is told that it has been given.</summary>
    internal static async Task<Outcome<AnsweredView>> AnswerAsync(
        PlatformContext context, AuditBy by, SupportGrant grant, AnswerViewRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var minutes = request.Minutes ?? grant.Minutes;
        if (!SupportActs.IsMinutes(minutes))
            return SupportActs.BadMinutes;
        var endsAt = now.AddMinutes(minutes);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var waiting = context.SupportGrants.Open(now).Where(g => g.Id == grant.Id && g.AnsweredAt == null);
        var taken = request.Agrees
            ? await waiting.ExecuteUpdateAsync(
                g => g.SetProperty(x => x.AnsweredAt, now).SetProperty(x => x.Minutes, minutes).SetProperty(x => x.EndsAt, endsAt), cancellationToken)
            : await waiting.ExecuteUpdateAsync(
                g => g.SetProperty(x => x.EndedAt, now).SetProperty(x => x.EndedBy, SupportEnd.Refused), cancellationToken);
        if (taken == 0)
            return SupportActs.ViewEnded;
        context.Audit(
            by, request.Agrees ? Acts.GrantGiven : Acts.GrantRefused, AuditTarget.Of(AuditTarget.GrantKind, grant.Id, grant.OwnerId), now,
            request.Agrees ? new AuditDetail().Fact("minutes", minutes) : null);
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceGrantAsync(grant, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new AnsweredView(grant.Id, request.Agrees, endsAt);
    }
}
