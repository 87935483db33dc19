using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.Audit;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.Deletion;

/// <summary>The owner keeps the account after all. It asks for no fresh proof: what it undoes is worse than what it does.</summary>
public sealed class CancelDeletion(IDbContextFactory<PlatformContext> contexts, AccountCache cache, SystemMailQueue mail, TimeProvider time)
{
    private static readonly Failure NotPending = new("deletion_not_pending", "This account is not waiting to be deleted.");

    public async Task<Outcome<Guid>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.IsStranger)
            return AccountFailures.NotFound;
        if (!actor.Allows(TokenScopes.AccountWrite))
            return actor.Refusal;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var email = await context.Users
            .Where(user => user.Id == actor.UserId && user.Status == AccountStatus.Active)
            .Select(user => user.Email)
            .SingleOrDefaultAsync(cancellationToken);
        if (email is null)
            return AccountFailures.NotFound;
        // One statement against the purge, which closes the account before it destroys anything.
        var kept = await context.Users
            .Where(user => user.Id == actor.UserId && user.Status == AccountStatus.Active && user.DeletionDueAt != null)
            .ExecuteUpdateAsync(
                user => user.SetProperty(u => u.DeletionDueAt, (DateTimeOffset?)null).SetProperty(u => u.UpdatedAt, now), cancellationToken);
        if (kept == 0)
            return NotPending;
        context.Audit(actor, Acts.DeletionCancelled, AuditTarget.Account(actor.UserId), now);
        mail.Add(context, AccountMails.DeletionCancelled(email));
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceAccountAsync(actor.UserId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        cache.Clear();
        return actor.UserId;
    }
}
