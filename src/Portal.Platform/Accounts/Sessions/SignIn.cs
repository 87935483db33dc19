using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts.Passwords;

namespace Portal.Platform.Accounts.Sessions;

public sealed record SignInRequest(string? Email, string? Password, IPAddress? Ip, string? UserAgent);

public sealed record OpenedSession(Guid SessionId, Guid UserId, string Email, Role Role, DateTimeOffset ExpiresAt, DateTimeOffset FreshUntil);

/// <summary>
/// Checks e-mail and password and opens a session. An unknown account, a locked one and a wrong password get the same reply
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

    public async Task<Outcome<OpenedSession>> HandleAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        if (request.Password is not { Length: > 0 and <= PasswordRules.GreatestLength } password)
            return Refused;
        if (!throttle.TryTake(request.Ip))
            return TooManyAttempts;

        var account = await FindAsync(request.Email, cancellationToken);
        var verdict = await passwords.VerifyAsync(account?.PasswordHash, password, cancellationToken);
        if (verdict is null)
        {
            throttle.GiveBack(request.Ip);
            return PasswordWorkers.Busy;
        }

        if (account is null || verdict == PasswordVerificationResult.Failed)
        {
            await lockout.CountAsync(account?.Id ?? Guid.Empty, cancellationToken);
            return Refused;
        }

        var renewed = verdict == PasswordVerificationResult.SuccessRehashNeeded
            ? await passwords.HashAsync(password, cancellationToken)
            : null;
        if (await OpenAsync(account, renewed, request, cancellationToken) is not { } session)
            return Refused;
        throttle.GiveBack(request.Ip);
        return session;
    }

    private async Task<Account?> FindAsync(string? text, CancellationToken cancellationToken)
    {
        var email = EmailAddress.TryNormalise(text, out var normalised) ? normalised : string.Empty;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Users
            .Where(user => user.Email == email && user.Status == AccountStatus.Active && user.PasswordHash != null
                && (user.LockoutEnd == null || user.LockoutEnd <= now))
            .Select(user => new Account(user.Id, user.PasswordHash!))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <returns>Null when the account was locked, closed or given another password while this one was checked.</returns>
    private async Task<OpenedSession?> OpenAsync(Account account, string? renewedHash, SignInRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hash = renewedHash ?? account.PasswordHash;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var stillGood = await context.Users
            .Where(user => user.Id == account.Id && user.Status == AccountStatus.Active && user.PasswordHash == account.PasswordHash
                && (user.LockoutEnd == null || user.LockoutEnd <= now))
            .ExecuteUpdateAsync(
                user => user.SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.PasswordHash, hash),
                cancellationToken);
        if (stillGood == 0)
            return null;

        if (await openSession.HandleAsync(context, account.Id, AuthMethods.Password, request.Ip, request.UserAgent, cancellationToken) is not { } opened)
            return null;
        await transaction.CommitAsync(cancellationToken);
        return opened;
    }

    private sealed record Account(Guid Id, string PasswordHash);
}
