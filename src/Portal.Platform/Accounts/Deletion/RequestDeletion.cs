using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.Platform.Accounts.Administration;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.Audit;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.Deletion;

/// <param name="DueAt">When the account is destroyed; it can be kept until then.</param>
public sealed record ScheduledDeletion(DateTimeOffset DueAt);

/// <summary>
/// The owner wants the account gone. It works as before until the grace is over, so that a mistake or a thief can be undone; other
/// sessions end at once and the owner is told by mail how to keep it.
/// </summary>
public sealed class RequestDeletion(
    IDbContextFactory<PlatformContext> contexts, AccountCache cache, SystemMailQueue mail, IOptions<PlatformOptions> options, TimeProvider time)
{
    private static readonly Failure LastAdmin = new(
        "last_admin", "You are the only administrator. Make somebody else an administrator first, then delete your account.");

    public async Task<Outcome<ScheduledDeletion>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.IsStranger)
            return AccountFailures.NotFound;
        if (!actor.Allows(TokenScopes.AccountWrite))
            return actor.Refusal;
        var now = time.GetUtcNow();
        if (!actor.IsFresh(now))
            return AccountFailures.StepUpRequired;

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.HoldAdminsAsync(cancellationToken);
        var user = await context.Users.SingleOrDefaultAsync(u => u.Id == actor.UserId && u.Status == AccountStatus.Active, cancellationToken);
        if (user is null)
            return AccountFailures.NotFound;
        if (user.DeletionDueAt is { } already)
            return new ScheduledDeletion(already);
        if (await context.IsLastAdminAsync(user.Id, cancellationToken))
            return LastAdmin;

        var due = now + options.Value.DeletionGrace;
        (user.DeletionDueAt, user.UpdatedAt) = (due, now);
        context.Audit(actor, Acts.DeletionRequested, AuditTarget.Account(user.Id), now, new AuditDetail().Fact("due", due));
        mail.Add(context, AccountMails.DeletionRequested(user.Email!, due));
        await context.SaveChangesAsync(cancellationToken);
        await context.EndSessionsAsync(user.Id, actor.SessionId, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        cache.Clear();
        return new ScheduledDeletion(due);
    }
}
