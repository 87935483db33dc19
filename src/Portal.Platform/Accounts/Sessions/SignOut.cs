using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.Sessions;

/// <summary>Ends one session, on every instance within moments. Ending an ended one is no fault.</summary>
public sealed class SignOut(IDbContextFactory<PlatformContext> contexts, AccountCache cache, TimeProvider time)
{
    public async Task HandleAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.Sessions.Where(session => session.Id == sessionId && session.RevokedAt == null)
            .ExecuteUpdateAsync(session => session.SetProperty(s => s.RevokedAt, now), cancellationToken);
        await context.AnnounceSessionAsync(sessionId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        cache.Drop(sessionId);
    }
}
