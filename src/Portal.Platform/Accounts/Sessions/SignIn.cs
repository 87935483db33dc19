using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Passwords;
using Portal.Platform.Accounts.Passwords;
using Portal.Platform.Accounts.SecondFactor;

namespace Portal.Platform.Accounts.Sessions;

/// <param name="DeviceToken">Of a browser that was remembered, if it brought one.</param>
public sealed record SignInRequest(string? Email, string? Password, IPAddress? Ip, string? UserAgent, string? DeviceToken = null);

public sealed record OpenedSession(Guid SessionId, Guid UserId, string Email, Role Role, DateTimeOffset ExpiresAt, DateTimeOffset FreshUntil);

/// <summary>What the right password leads to: a session, or the second step.</summary>
/// <param name="Session">Null when the account has a second factor that this browser must show.</param>
/// <param name="Pending">For <see cref="CompleteSignIn"/>; null when there is a session.</param>
public sealed record SignInResult(OpenedSession? Session, PendingSignIn? Pending);

/// <summary>
/// Checks e-mail and password, and opens a session unless the account asks for a second factor. An unknown account, a locked one and a wrong password get the same reply
/// after the same work: one look-up, one bcrypt, one UPDATE that waits for no disk.
/// </summary>
public sealed class SignIn(
    IDbContextFactory<PlatformContext> contexts,
    PasswordWorkers passwords,
    AttemptThrottle throttle,
    Lockout lockout,
    OpenSession openSession,
    TimeProvider time)
{
    internal static readonly Failure Refused = new(
        "sign_in_refused", "The e-mail address or the password is wrong. After ten wrong passwords an account is locked for a while.");

    internal static readonly Failure TooManyAttempts = new("too_many_attempts", "Too many attempts from this network. Try again in a few minutes.");

    public async Task<Outcome<SignInResult>> HandleAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        if (request.Password is not { Length: > 0 and <= PasswordRules.GreatestLength } password)
            return Refused;
        if (!throttle.TryTake(request.Ip))
            return TooManyAttempts;

        var account = await FindAsync(request.Email, cancellationToken);
        var verdict = await passwords.VerifyAsync(
            account?.PasswordHash, password, cancellationToken, throttle.IsSuspect(request.Ip, request.Email));
        if (verdict is null)
        {
            throttle.GiveBack(request.Ip);
            return PasswordWorkers.Busy;
        }

        if (account is null || verdict == PasswordVerificationResult.Failed)
        {
            throttle.NoteWrong(request.Email);
            await lockout.CountAsync(account?.Id ?? Guid.Empty, cancellationToken);
            return Refused;
        }

        var renewed = verdict == PasswordVerificationResult.SuccessRehashNeeded
            ? await passwords.HashAsync(password, cancellationToken)
            : null;
        if (await PassAsync(account, renewed, request, cancellationToken) is not { } passed)
            return Refused;
        throttle.GiveBack(request.Ip);
        return passed;
    }

    /// <summary>
    /// An address that was not proved counts as unknown: else whoever signs up with somebody's address, and then signs in, would learn
    /// from the answer whether there was an account before.
    /// </summary>
    private async Task<Account?> FindAsync(string? text, CancellationToken cancellationToken)
    {
        var email = EmailAddress.TryNormalise(text, out var normalised) ? normalised : string.Empty;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Users
            .Where(user => user.Email == email && user.Status == AccountStatus.Active && user.EmailConfirmed && user.PasswordHash != null
                && (user.LockoutEnd == null || user.LockoutEnd <= now))
            .Select(user => new Account(user.Id, user.PasswordHash!))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <returns>Null when the account was locked, closed or given another password while this one was checked.</returns>
    private async Task<Outcome<SignInResult>?> PassAsync(Account account, string? renewedHash, SignInRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hash = renewedHash ?? account.PasswordHash;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var stillGood = await context.Users
            .Where(user => user.Id == account.Id && user.Status == AccountStatus.Active && user.PasswordHash == account.PasswordHash
                && (user.LockoutEnd == null || user.LockoutEnd <= now))
            .ExecuteUpdateAsync(user => user.SetProperty(u => u.PasswordHash, hash), cancellationToken);
        if (stillGood == 0)
            return null;

        var hasFactor = (await context.LoadSecondFactorsAsync(account.Id, cancellationToken)).IsOn;
        if (hasFactor && !await context.RecogniseDeviceAsync(account.Id, request.DeviceToken, now, cancellationToken))
        {
            // The failures stay counted: else the password alone would buy guesses at the code without end.
            await transaction.CommitAsync(cancellationToken);
            return new SignInResult(null, PendingSignIn.Of(account.Id, hash, now));
        }

        await context.Users.Where(user => user.Id == account.Id)
            .ExecuteUpdateAsync(user => user.SetProperty(u => u.AccessFailedCount, 0), cancellationToken);
        var method = hasFactor ? AuthMethods.PasswordAndDevice : AuthMethods.Password;
        if (await openSession.HandleAsync(context, account.Id, method, request.Ip, request.UserAgent, cancellationToken) is not { } opened)
            return null;
        await transaction.CommitAsync(cancellationToken);
        return new SignInResult(opened, null);
    }

    private sealed record Account(Guid Id, string PasswordHash);
}
