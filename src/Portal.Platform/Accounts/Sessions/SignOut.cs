using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Audit;

namespace Portal.Platform.Accounts.Sessions;

/// <summary>Ends one session, on every instance within moments. Ending an ended one is no fault.</summary>
public sealed class SignOut(IDbContextFactory<PlatformContext> contexts, AccountCache cache, TimeProvider time)
{
    public async Task HandleAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var live = context.Sessions.Where(s => s.Id == sessionId && s.RevokedAt == null);
        var session = await live.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (session is not null && await live.ExecuteUpdateAsync(s => s.SetProperty(x => x.RevokedAt, now), cancellationToken) > 0)
        {
            context.Audit(session.ForAudit(), Acts.SignedOut, AuditTarget.Of(AuditTarget.SessionKind, sessionId, session.UserId), now);
            await context.SaveChangesAsync(cancellationToken);
        }

        await context.AnnounceSessionAsync(sessionId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        cache.Drop(sessionId);
    }
}
