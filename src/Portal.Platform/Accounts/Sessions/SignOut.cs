using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.Sessions;

/// <summary>Ends one session, here at once and elsewhere when its cached check runs out. Ending an ended one is no fault.</summary>
public sealed class SignOut(IDbContextFactory<PlatformContext> contexts, AccountCache cache, TimeProvider time)
{
    public async Task HandleAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Sessions.Where(session => session.Id == sessionId && session.RevokedAt == null)
            .ExecuteUpdateAsync(session => session.SetProperty(s => s.RevokedAt, now), cancellationToken);
        cache.Drop(sessionId);
    }
}
