using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Audit;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.Administration;

/// <param name="Reason">1 to 200 characters, how it was made sure that the owner asks. The owner reads it.</param>
public sealed record ResetSecondFactorRequest(Guid UserId, string? Reason);

/// <param name="Sessions">How many ended.</param>
/// <param name="NeedsNewPassword">The password was too short to stand alone: it works no longer, and a new one is set by mail.</param>
public sealed record SecondFactorReset(int Sessions, bool NeedsNewPassword);

/// <summary>
/// An admin takes all second factors off an account whose owner has lost them: authenticator, passkeys, recovery codes, remembered
/// browsers. Every session ends, and the owner is told at once. It opens no mail: keys stay locked by passphrase and recovery kit.
/// </summary>
public sealed class ResetSecondFactor(IDbContextFactory<PlatformContext> contexts, SystemMailQueue mail, TimeProvider time)
{
    internal static readonly Failure ReasonMissing = new("reason_missing", "Say how you made sure that the owner asks. The owner will read it.");
    internal static readonly Failure OwnFactor = new("own_account", "Your own second factor is on your page Security. Another admin can reset it.");
    internal static readonly Failure NothingToReset = new("second_factor_off", "The account has no second factor.");

    public async Task<Outcome<SecondFactorReset>> HandleAsync(Actor actor, ResetSecondFactorRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (AdminActs.ToWrite(actor, now) is { } refusal)
            return refusal;
        if (request.Reason?.Trim() is not { Length: > 0 } reason)
            return ReasonMissing;
        if (reason.Length > UserConfiguration.ReasonLength)
            return SuspendUser.ReasonTooLong;
        if (request.UserId == actor.UserId)
            return OwnFactor;

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.LockAccountAsync(request.UserId, cancellationToken);
        var user = await context.Users.SingleOrDefaultAsync(u => u.Id == request.UserId && u.Status != AccountStatus.Deleted, cancellationToken);
        if (user is null)
            return AccountFailures.NotFound;
        if (!(await context.LoadSecondFactorsAsync(user.Id, cancellationToken)).IsOn)
            return NothingToReset;

        await context.Authenticators.Where(a => a.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
        await context.Passkeys.Where(passkey => passkey.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
        await context.FactorRemovedAsync(user.Id, cancellationToken);
        var needsNewPassword = user.PasswordHash is null || !user.PasswordStandsAlone;
        if (needsNewPassword)
            user.PasswordHash = null;
        user.UpdatedAt = now;
        context.Audit(
            actor, Acts.SecondFactorReset, AuditTarget.Account(user.Id), now,
            new AuditDetail().Fact("needs_new_password", needsNewPassword).Personal("reason", reason));
        mail.Add(context, AccountMails.SecondFactorReset(user.Email!, reason, needsNewPassword));
        await context.SaveChangesAsync(cancellationToken);
        var ended = await context.EndSessionsAsync(user.Id, kept: null, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new SecondFactorReset(ended, needsNewPassword);
    }
}
