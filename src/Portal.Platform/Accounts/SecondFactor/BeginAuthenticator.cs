using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.SecondFactor;

/// <summary>
/// Shows the secret of an authenticator that is to be added. It counts for nothing until its first code was entered; until then, asking
/// again within the hour shows the same secret, so that a mistyped code does not call for another scan.
/// </summary>
public sealed class BeginAuthenticator(IDbContextFactory<PlatformContext> contexts, AuthenticatorSecret secrets, TimeProvider time)
{
    internal static readonly Failure AlreadyOn = new(
        "authenticator_on", "An authenticator app is set up already. Remove it first if you want to set up another.");

    private static readonly TimeSpan ShownFor = TimeSpan.FromHours(1);

    public async Task<Outcome<EnrolledSecret>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (OwnAccount.RefuseChange(actor, now) is { } refusal)
            return refusal;

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.LockAccountAsync(actor.UserId, cancellationToken);
        var email = await context.Users.Where(user => user.Id == actor.UserId).Select(user => user.Email).SingleOrDefaultAsync(cancellationToken);
        if (email is null)
            return AccountFailures.NotFound;
        var authenticator = await context.Authenticators.SingleOrDefaultAsync(a => a.UserId == actor.UserId, cancellationToken);
        if (authenticator?.ConfirmedAt is not null)
            return AlreadyOn;

        if (authenticator is null)
        {
            authenticator = new Authenticator { UserId = actor.UserId, ProtectedSecret = secrets.Create(), CreatedAt = now };
            context.Authenticators.Add(authenticator);
        }
        else if (now - authenticator.CreatedAt >= ShownFor)
        {
            authenticator.ProtectedSecret = secrets.Create();
            authenticator.CreatedAt = now;
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return secrets.Show(authenticator.ProtectedSecret, email);
    }
}
