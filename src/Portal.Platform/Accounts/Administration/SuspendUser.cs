using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Audit;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.Administration;

/// <param name="Reason">1 to 200 characters, for admins: the account's owner is told to ask.</param>
public sealed record SuspendUserRequest(Guid UserId, string? Reason);

/// <summary>
/// An admin closes an account until it is restored: its sessions end, its tokens are refused, nobody signs in. Its mail goes on being
/// sealed and kept.
/// </summary>
public sealed class SuspendUser(IDbContextFactory<PlatformContext> contexts, SystemMailQueue mail, TimeProvider time)
{
    internal static readonly Failure ReasonMissing = new("reason_missing", "Say in a few words why. Other admins will see it.");
    internal static readonly Failure ReasonTooLong = new("reason_too_long", $"A reason has at most {UserConfiguration.ReasonLength} characters.");

    /// <returns>How many sessions ended.</returns>
    public async Task<Outcome<int>> HandleAsync(Actor actor, SuspendUserRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (AdminActs.ToWrite(actor, now) is { } refusal)
            return refusal;
        if (request.Reason?.Trim() is not { Length: > 0 } reason)
            return ReasonMissing;
        if (reason.Length > UserConfiguration.ReasonLength)
            return ReasonTooLong;
        if (request.UserId == actor.UserId)
            return AdminActs.OwnAccount;

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.HoldAdminsAsync(cancellationToken);
        var user = await context.Users.SingleOrDefaultAsync(u => u.Id == request.UserId && u.Status == AccountStatus.Active, cancellationToken);
        if (user is null)
            return AccountFailures.NotFound;
        if (await context.IsLastAdminAsync(user.Id, cancellationToken))
            return AdminActs.LastAdmin;

        user.Status = AccountStatus.Suspended;
        user.SuspendedReason = reason;
        user.UpdatedAt = now;
        context.Audit(
            actor, Acts.AccountSuspended, AuditTarget.Account(user.Id), now,
            new AuditDetail().Fact("status", AccountStatus.Active, AccountStatus.Suspended).Personal("reason", reason));
        mail.Add(context, AccountMails.Suspended(user.Email!));
        await context.SaveChangesAsync(cancellationToken);
        var ended = await context.EndSessionsAsync(user.Id, kept: null, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ended;
    }
}
