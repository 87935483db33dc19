using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
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
    IOptions<PlatformOptions> options,
    TimeProvider time)
{
    internal static readonly Failure Refused = new(
        "sign_in_refused", "The e-mail address or the password is wrong. After ten wrong passwords an account is locked for a while.");

    internal static readonly Failure TooManyAttempts = new("too_many_attempts", "Too many attempts from this network. Try again in a few minutes.");

    private readonly PlatformOptions limits = options.Value;

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
            await CountFailureAsync(account?.Id ?? Guid.Empty, cancellationToken);
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
            .Select(user => new Account(user.Id, user.Email!, user.Role, user.PasswordHash!))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>
    /// Counts in one statement, so parallel failures are all counted. Without waiting for the disk: a count lost in a crash is
    /// harmless, and an unknown account (no row) must take no less time.
    /// </summary>
    private async Task CountFailureAsync(Guid userId, CancellationToken cancellationToken)
    {
        var most = limits.LockoutFailures;
        var now = time.GetUtcNow();
        var until = now + limits.LockoutDuration;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.ExecuteSqlAsync(
            $"""
             UPDATE users SET
                 access_failed_count = CASE WHEN access_failed_count + 1 >= {most} THEN 0 ELSE access_failed_count + 1 END,
                 lockout_end = CASE WHEN access_failed_count + 1 >= {most} THEN {until} ELSE lockout_end END
             FROM (SELECT set_config('synchronous_commit', 'off', true)) AS setting
             WHERE id = {userId} AND lockout_enabled AND (lockout_end IS NULL OR lockout_end <= {now})
             """,
            cancellationToken);
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

        var session = new Session
        {
            Id = Guid.NewGuid(),
            UserId = account.Id,
            AuthMethod = "password",
            ProvedAt = now,
            Ip = request.Ip,
            UserAgent = Shorten(request.UserAgent),
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + limits.SessionLifetime,
        };
        context.Sessions.Add(session);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new OpenedSession(session.Id, account.Id, account.Email, account.Role, session.ExpiresAt, now + limits.StepUpWindow);
    }

    private static string? Shorten(string? userAgent) =>
        userAgent?.Length > SessionConfiguration.UserAgentLength ? userAgent[..SessionConfiguration.UserAgentLength] : userAgent;

    private sealed record Account(Guid Id, string Email, Role Role, string PasswordHash);
}
