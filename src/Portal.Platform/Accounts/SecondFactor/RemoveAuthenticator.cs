using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Audit;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.SecondFactor;

/// <summary>Gives up the authenticator, or ends a set-up that was begun. Remembered browsers are forgotten with it.</summary>
public sealed class RemoveAuthenticator(IDbContextFactory<PlatformContext> contexts, SystemMailQueue mail, TimeProvider time)
{
    internal static readonly Failure NotOn = new("authenticator_off", "There is no authenticator app on this account.");

    public async Task<Outcome<SecondFactorState>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (OwnAccount.RefuseChange(actor, time.GetUtcNow()) is { } refusal)
            return refusal;

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.LockAccountAsync(actor.UserId, cancellationToken);
        var authenticator = await context.Authenticators.SingleOrDefaultAsync(a => a.UserId == actor.UserId, cancellationToken);
        if (authenticator is null)
            return NotOn;
        var wasOn = authenticator.ConfirmedAt is not null;
        if (wasOn && await context.RefuseRemovalAsync(actor.UserId, cancellationToken) is { } needed)
            return needed;

        context.Authenticators.Remove(authenticator);
        await context.SaveChangesAsync(cancellationToken);
        if (wasOn)
        {
            await context.FactorRemovedAsync(actor.UserId, cancellationToken);
            context.Audit(actor, Acts.AuthenticatorRemoved, AuditTarget.Account(actor.UserId), time.GetUtcNow());
            mail.Add(context, AccountMails.AuthenticatorRemoved(await context.EmailOfAsync(actor.UserId, cancellationToken)));
            await context.SaveChangesAsync(cancellationToken);
            await context.AnnounceAccountAsync(actor.UserId, cancellationToken);
        }

        var left = await context.LoadSecondFactorsAsync(actor.UserId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return left;
    }
}
