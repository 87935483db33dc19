using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.Audit;

namespace Portal.Platform.Accounts.Sessions;

/// <summary>
/// Ends one of the actor's sessions; what is open in it ends within moments, on every instance. Asks for no step-up: whoever sees a
/// stranger in the list must be able to act at once. Ending an ended one is no fault.
/// </summary>
public sealed class EndSession(IDbContextFactory<PlatformContext> contexts, AccountCache cache, TimeProvider time)
{
    public async Task<Outcome<Guid>> HandleAsync(Actor actor, Guid sessionId, CancellationToken cancellationToken)
    {
        if (actor.IsStranger)
            return AccountFailures.NotFound;
        if (!actor.Allows(TokenScopes.AccountWrite))
            return actor.Refusal;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var mine = context.Sessions.Where(session => session.Id == sessionId && session.UserId == actor.UserId);
        if (!await mine.AnyAsync(cancellationToken))
            return AccountFailures.NotFound;
        var ended = await mine.Where(session => session.RevokedAt == null)
            .ExecuteUpdateAsync(session => session.SetProperty(s => s.RevokedAt, now), cancellationToken);
        if (ended > 0)
            context.Audit(actor, Acts.SessionEnded, AuditTarget.Of(AuditTarget.SessionKind, sessionId, actor.UserId), now);
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceSessionAsync(sessionId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        cache.Drop(sessionId);
        return sessionId;
    }
}
