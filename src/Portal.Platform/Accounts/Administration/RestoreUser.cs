using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Audit;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.Administration;

public sealed record RestoreUserRequest(Guid UserId);

/// <summary>An admin opens a suspended account again. Its tokens work again; ended sessions stay ended.</summary>
public sealed class RestoreUser(IDbContextFactory<PlatformContext> contexts, SystemMailQueue mail, TimeProvider time)
{
    /// <returns>The account's e-mail address.</returns>
    public async Task<Outcome<string>> HandleAsync(Actor actor, RestoreUserRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (AdminActs.ToWrite(actor, now) is { } refusal)
            return refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.HoldAdminsAsync(cancellationToken);
        var user = await context.Users.SingleOrDefaultAsync(u => u.Id == request.UserId && u.Status == AccountStatus.Suspended, cancellationToken);
        if (user is null)
            return AccountFailures.NotFound;

        context.Audit(
            actor, Acts.AccountRestored, AuditTarget.Account(user.Id), now,
            new AuditDetail().Fact("status", AccountStatus.Suspended, AccountStatus.Active).Personal("reason", user.SuspendedReason, null));
        user.Status = AccountStatus.Active;
        user.SuspendedReason = null;
        user.UpdatedAt = now;
        mail.Add(context, AccountMails.Restored(user.Email!));
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceAccountAsync(user.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return user.Email!;
    }
}
