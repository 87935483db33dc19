using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Audit;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.SecondFactor.Passkeys;

/// <summary>Forgets a passkey: it signs in and confirms no more. What the device keeps of it is its owner's to delete.</summary>
public sealed class RemovePasskey(IDbContextFactory<PlatformContext> contexts, SystemMailQueue mail, TimeProvider time)
{
    /// <returns>The name that it had.</returns>
    public async Task<Outcome<string>> HandleAsync(Actor actor, Guid passkeyId, CancellationToken cancellationToken)
    {
        if (OwnAccount.RefuseChange(actor, time.GetUtcNow()) is { } refusal)
            return refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.LockAccountAsync(actor.UserId, cancellationToken);
        var passkey = await context.Passkeys.SingleOrDefaultAsync(row => row.Id == passkeyId && row.UserId == actor.UserId, cancellationToken);
        if (passkey is null)
            return AccountFailures.NotFound;
        if (await context.RefuseRemovalAsync(actor.UserId, cancellationToken) is { } needed)
            return needed;

        context.Passkeys.Remove(passkey);
        context.Audit(
            actor, Acts.PasskeyRemoved, AuditTarget.Of(AuditTarget.PasskeyKind, passkeyId, actor.UserId), time.GetUtcNow(),
            new AuditDetail().Personal("name", passkey.Name, null));
        mail.Add(context, AccountMails.PasskeyRemoved(await context.EmailOfAsync(actor.UserId, cancellationToken), passkey.Name));
        await context.SaveChangesAsync(cancellationToken);
        await context.FactorRemovedAsync(actor.UserId, cancellationToken);
        await context.AnnounceAccountAsync(actor.UserId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return passkey.Name;
    }
}
