using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Passwords;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.Sessions;

/// <param name="Pending">What the browser brought from the first step.</param>
/// <param name="Code">Of the authenticator app, or a recovery code.</param>
/// <param name="IsRecoveryCode">Which of the two.</param>
/// <param name="Remember">Whether this browser is to show no second factor for 30 days.</param>
public sealed record CompleteSignInRequest(
    PendingSignIn Pending, string? Code, bool IsRecoveryCode, bool Remember, IPAddress? Ip, string? UserAgent);

/// <param name="Device">For the browser's cookie; null when it is not to be remembered.</param>
public sealed record CompletedSignIn(OpenedSession Session, RememberedToken? Device);

/// <summary>
/// The second step of signing in: takes the second factor and opens the session. Attempts on one account go one after another, so that
/// the lockout counts each, however many come at once; and only a finished sign-in starts the count anew.
/// </summary>
public sealed class CompleteSignIn(
    IDbContextFactory<PlatformContext> contexts,
    AttemptThrottle throttle,
    Lockout lockout,
    TakeFactor factors,
    OpenSession openSession,
    SystemMailQueue mail,
    TimeProvider time)
{
    internal static readonly Failure Refused = new("second_factor_refused", "That didn’t match. Enter the newest code, or use a recovery code instead.");
    public static readonly Failure Expired = new("sign_in_expired", "This sign-in has run out. Start again with your password.");

    /// <summary>What the page may ask for.</summary>
    /// <returns>Null when the first step must be done again.</returns>
    public async Task<SecondFactorState?> FindAsync(PendingSignIn pending, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await pending.IsGoodAsync(context, time.GetUtcNow(), cancellationToken)
            ? await context.LoadSecondFactorsAsync(pending.UserId, cancellationToken)
            : null;
    }

    public async Task<Outcome<CompletedSignIn>> HandleAsync(CompleteSignInRequest request, CancellationToken cancellationToken)
    {
        if (!throttle.TryTake(request.Ip))
            return SignIn.TooManyAttempts;
        var userId = request.Pending.UserId;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.LockAccountAsync(userId, cancellationToken);
        if (!await request.Pending.IsGoodAsync(context, time.GetUtcNow(), cancellationToken))
            return Expired;
        if (!await TakeAsync(context, request, cancellationToken))
        {
            await lockout.CountAsync(context, userId, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return Refused;
        }

        if (await OpenAsync(context, request, cancellationToken) is not { } completed)
            return Expired;
        await transaction.CommitAsync(cancellationToken);
        throttle.GiveBack(request.Ip);
        return completed;
    }

    private async Task<bool> TakeAsync(PlatformContext context, CompleteSignInRequest request, CancellationToken cancellationToken)
    {
        var userId = request.Pending.UserId;
        if (!request.IsRecoveryCode)
            return await factors.TotpAsync(context, userId, request.Code, cancellationToken);
        if (await factors.RecoveryCodeAsync(context, userId, request.Code, cancellationToken) is not { } left)
            return false;
        mail.Add(context, AccountMails.RecoveryCodeUsed(await context.EmailOfAsync(userId, cancellationToken), left));
        return true;
    }

    private async Task<CompletedSignIn?> OpenAsync(PlatformContext context, CompleteSignInRequest request, CancellationToken cancellationToken)
    {
        var userId = request.Pending.UserId;
        var now = time.GetUtcNow();
        var method = request.IsRecoveryCode ? AuthMethods.PasswordAndRecovery : AuthMethods.PasswordAndTotp;
        await context.Users.Where(user => user.Id == userId)
            .ExecuteUpdateAsync(user => user.SetProperty(u => u.AccessFailedCount, 0), cancellationToken);
        await context.RememberedDevices.Where(device => device.UserId == userId && device.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        var device = request.Remember ? context.RememberDevice(userId, request.UserAgent, now) : null;
        var opened = await openSession.HandleAsync(context, userId, method, request.Ip, request.UserAgent, cancellationToken);
        return opened is null ? null : new CompletedSignIn(opened, device);
    }
}
