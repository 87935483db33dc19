using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Passwords;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.Audit;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.Passwords;

/// <param name="Current">May be left out in a session that was proved lately.</param>
public sealed record ChangePasswordRequest(string? Current, string? New, IPAddress? Ip);

/// <param name="EndedSessions">How many other sessions were ended.</param>
public sealed record PasswordChanged(int EndedSessions);

/// <summary>A new password for one's own account. All other sessions end, and remembered browsers are forgotten.</summary>
public sealed class ChangePassword(
    IDbContextFactory<PlatformContext> contexts,
    PasswordRules rules,
    PasswordWorkers passwords,
    AttemptThrottle throttle,
    Lockout lockout,
    AccountCache cache,
    SystemMailQueue mail,
    TimeProvider time)
{
    internal static readonly Failure CurrentWrong = new("current_password_wrong", "That didn’t match. Enter the password that you sign in with now.");
    internal static readonly Failure Changed = new("password_changed_meanwhile", "Your password or your second factors were changed at the same moment. Look at the page again.");

    public async Task<Outcome<PasswordChanged>> HandleAsync(Actor actor, ChangePasswordRequest request, CancellationToken cancellationToken)
    {
        if (actor.UserId == Guid.Empty)
            return AccountFailures.NotFound;
        if (!actor.Allows(TokenScopes.AccountWrite))
            return actor.Refusal;
        // A token proves nobody's presence: with it the current password is always asked for.
        var fresh = actor.SessionId is not null && actor.IsFresh(time.GetUtcNow());
        if (!fresh && string.IsNullOrEmpty(request.Current))
            return AccountFailures.StepUpRequired;

        if (await FindAsync(actor.UserId, cancellationToken) is not { } account)
            return AccountFailures.NotFound;
        if (!fresh && await RefuseCurrentAsync(account, request, cancellationToken) is { } wrong)
            return wrong;
        if (rules.Check(request.New, account.Email, account.Factors.IsOn) is { } weak)
            return weak;
        if (await passwords.HashAsync(request.New!, cancellationToken) is not { } hash)
            return PasswordWorkers.Busy;
        return await StoreAsync(actor, account, hash, PasswordRules.StandsAlone(request.New!), cancellationToken);
    }

    private async Task<Account?> FindAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var user = await context.Users.Where(user => user.Id == userId)
            .Select(user => new { Email = user.Email!, user.PasswordHash, user.LockoutEnd }).SingleOrDefaultAsync(cancellationToken);
        return user is null
            ? null
            : new Account(userId, user.Email, user.PasswordHash, user.LockoutEnd, await context.LoadSecondFactorsAsync(userId, cancellationToken));
    }

    /// <returns>Null when the current password is right.</returns>
    private async Task<Failure?> RefuseCurrentAsync(Account account, ChangePasswordRequest request, CancellationToken cancellationToken)
    {
        if (request.Current!.Length > PasswordRules.GreatestLength)
            return CurrentWrong;
        if (!throttle.TryTake(request.Ip))
            return SignIn.TooManyAttempts;
        // A locked account checks against no password at all, as at sign-in.
        var locked = account.LockoutEnd > time.GetUtcNow();
        var verdict = await passwords.VerifyAsync(locked ? null : account.PasswordHash, request.Current, cancellationToken);
        if (verdict == PasswordVerificationResult.Failed)
        {
            await lockout.CountAsync(account.Id, cancellationToken);
            return CurrentWrong;
        }

        throttle.GiveBack(request.Ip);
        return verdict is null ? PasswordWorkers.Busy : null;
    }

    private async Task<Outcome<PasswordChanged>> StoreAsync(
        Actor actor, Account account, string hash, bool standsAlone, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.LockAccountAsync(account.Id, cancellationToken);
        if (!standsAlone && !(await context.LoadSecondFactorsAsync(account.Id, cancellationToken)).IsOn)
            return Changed;
        var stamp = Guid.NewGuid().ToString("N");
        var stored = await context.Users.Where(user => user.Id == account.Id && user.PasswordHash == account.PasswordHash)
            .ExecuteUpdateAsync(
                user => user.SetProperty(u => u.PasswordHash, hash).SetProperty(u => u.PasswordStandsAlone, standsAlone)
                    .SetProperty(u => u.SecurityStamp, stamp).SetProperty(u => u.UpdatedAt, now),
                cancellationToken);
        if (stored == 0)
            return Changed;

        await context.ForgetDevicesAsync(account.Id, cancellationToken);
        var ended = await context.EndSessionsAsync(account.Id, actor.SessionId, now, cancellationToken);
        context.Audit(actor, Acts.PasswordChanged, AuditTarget.Account(account.Id), now, new AuditDetail().Fact("ended_sessions", ended));
        mail.Add(context, AccountMails.PasswordChanged(account.Email));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        cache.Clear();
        return new PasswordChanged(ended);
    }

    private sealed record Account(Guid Id, string Email, string? PasswordHash, DateTimeOffset? LockoutEnd, SecondFactorState Factors);
}
