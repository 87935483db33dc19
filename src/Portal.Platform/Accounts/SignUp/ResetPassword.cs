using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Passwords;
using Portal.Platform.Accounts.Links;
using Portal.Platform.Accounts.Passwords;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Audit;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.SignUp;

public sealed record ResetPasswordRequest(string? Token, string? Password, IPAddress? Ip);

public sealed record PasswordWasReset(Guid UserId, string Email);

/// <summary>
/// Sets a new password by the mailed link. Ends every session and forgets remembered devices; API tokens stay, and the second factor
/// is asked for as before. Opens no mail. The link proves the address too.
/// </summary>
public sealed class ResetPassword(
    IDbContextFactory<PlatformContext> contexts,
    PasswordRules rules,
    PasswordWorkers passwords,
    AttemptThrottle throttle,
    AccountCache cache,
    SystemMailQueue mails,
    TimeProvider time)
{
    public async Task<Outcome<PasswordWasReset>> HandleAsync(ResetPasswordRequest request, CancellationToken cancellationToken)
    {
        if (!throttle.TryTake(request.Ip))
            return SignIn.TooManyAttempts;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var link = await context.GoodLinks(AccountLinkKind.ResetPassword, request.Token, time.GetUtcNow()).AsNoTracking()
            .SingleOrDefaultAsync(cancellationToken);
        if (link?.UserId is not { } userId)
            return AccountLinkQueries.Ended;

        // The link is right: its holder may choose another password as often as needed.
        throttle.GiveBack(request.Ip);
        var factors = await context.LoadSecondFactorsAsync(userId, cancellationToken);
        if (rules.Check(request.Password, link.Email, factors.IsOn) is { } weak)
            return weak;
        if (await passwords.HashAsync(request.Password!, cancellationToken) is not { } hash)
            return PasswordWorkers.Busy;
        return await StoreAsync(context, link, userId, request.Password!, hash, request.Ip, cancellationToken);
    }

    private async Task<Outcome<PasswordWasReset>> StoreAsync(
        PlatformContext context, AccountLink link, Guid userId, string password, string hash, IPAddress? ip, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var stamp = Guid.NewGuid().ToString("N");
        var standsAlone = PasswordRules.StandsAlone(password);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.LockAccountAsync(userId, cancellationToken);

        // The second factor may have been given up since the password was judged.
        var factors = await context.LoadSecondFactorsAsync(userId, cancellationToken);
        if (rules.Check(password, link.Email, factors.IsOn) is { } weak)
            return weak;
        if (!await context.UseLinkAsync(link.Id, now, cancellationToken))
            return AccountLinkQueries.Ended;
        var changed = await context.Users.Where(user => user.Id == userId && user.Status == AccountStatus.Active && user.Email == link.Email)
            .ExecuteUpdateAsync(
                user => user.SetProperty(u => u.PasswordHash, hash).SetProperty(u => u.PasswordStandsAlone, standsAlone)
                    .SetProperty(u => u.EmailConfirmed, true).SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null)
                    .SetProperty(u => u.SecurityStamp, stamp).SetProperty(u => u.UpdatedAt, now),
                cancellationToken);
        if (changed == 0)
            return AccountLinkQueries.Ended;
        await context.EndSessionsAsync(userId, kept: null, now, cancellationToken);
        await context.ForgetDevicesAsync(userId, cancellationToken);
        await context.RevokeLinksAsync(userId, now, cancellationToken, AccountLinkKind.ResetPassword, AccountLinkKind.VerifyEmail, AccountLinkKind.ChangeEmail);
        context.Audit(AuditActors.ByLink(userId, ip), Acts.PasswordReset, AuditTarget.Account(userId), now);
        mails.Add(context, AccountMails.PasswordWasReset(link.Email, now));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        cache.Clear();
        return new PasswordWasReset(userId, link.Email);
    }
}
