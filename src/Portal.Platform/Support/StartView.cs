using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Audit;

namespace Portal.Platform.Support;

/// <summary>
/// Binds the supporter's session to the view that they were given: from its next request on it is the owner's portal that they see, and
/// nothing of their own.
/// </summary>
public sealed class StartView(IDbContextFactory<PlatformContext> contexts, AccountCache cache, TimeProvider time)
{
    public async Task<Outcome<Guid>> HandleAsync(Actor actor, Guid grantId, CancellationToken cancellationToken)
    {
        if (SupportActs.RefuseStranger(actor) is { } refusal)
            return refusal;
        var (now, sessionId) = (time.GetUtcNow(), actor.SessionId!.Value);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var grant = await context.SupportGrants.AsNoTracking()
            .SingleOrDefaultAsync(g => g.Id == grantId && g.SupporterId == actor.UserId, cancellationToken);
        if (grant is null)
            return AccountFailures.NotFound;
        if (grant.StateAt(now) is not (SupportState.Agreed or SupportState.Running))
            return SupportActs.ViewEnded;
        await context.Sessions.Where(session => session.Id == sessionId && session.UserId == actor.UserId)
            .ExecuteUpdateAsync(session => session.SetProperty(s => s.ViewingGrantId, grantId), cancellationToken);
        await context.SupportGrants.Where(g => g.Id == grantId && g.StartsAt == null)
            .ExecuteUpdateAsync(g => g.SetProperty(x => x.StartsAt, now), cancellationToken);
        context.Audit(actor, Acts.GrantStarted, AuditTarget.Of(AuditTarget.GrantKind, grant.Id, grant.OwnerId), now);
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceSessionAsync(sessionId, cancellationToken);
        await context.AnnounceGrantAsync(grant, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        cache.Drop(sessionId);
        return grantId;
    }
}
