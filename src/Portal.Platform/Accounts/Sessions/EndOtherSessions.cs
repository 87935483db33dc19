using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.Audit;

namespace Portal.Platform.Accounts.Sessions;

/// <param name="Sessions">How many were ended.</param>
/// <param name="Devices">How many browsers will be asked for the second factor again.</param>
public sealed record EndedSessions(int Sessions, int Devices);

/// <summary>
/// Ends all of the actor's sessions but the one by which it came (a token ends them all), and forgets the remembered browsers: one that
/// was left signed in somewhere must not get back in by half.
/// </summary>
public sealed class EndOtherSessions(IDbContextFactory<PlatformContext> contexts, AccountCache cache, TimeProvider time)
{
    public async Task<Outcome<EndedSessions>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.IsStranger)
            return AccountFailures.NotFound;
        if (!actor.Allows(TokenScopes.AccountWrite))
            return actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var sessions = await context.EndSessionsAsync(actor.UserId, actor.SessionId, time.GetUtcNow(), cancellationToken);
        var devices = await context.ForgetDevicesAsync(actor.UserId, cancellationToken);
        context.Audit(
            actor, Acts.OtherSessionsEnded, AuditTarget.Account(actor.UserId), time.GetUtcNow(),
            new AuditDetail().Fact("sessions", sessions).Fact("browsers", devices));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        cache.Clear();
        return new EndedSessions(sessions, devices);
    }
}
