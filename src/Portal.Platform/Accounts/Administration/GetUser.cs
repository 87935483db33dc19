using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.Administration;

/// <param name="SuspendedReason">What the admin wrote who suspended it.</param>
/// <param name="Sessions">Sessions that stand now.</param>
/// <param name="Tokens">API tokens that are good now.</param>
/// <param name="HasSecondFactor">An authenticator or a passkey.</param>
/// <param name="LockedUntil">Too many wrong passwords; null when not locked.</param>
/// <param name="IsLastAdmin">The only active admin: keeps its role and state.</param>
public sealed record UserDetail(
    Guid Id,
    string Email,
    bool EmailVerified,
    Role Role,
    AccountStatus Status,
    string? SuspendedReason,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastSeenAt,
    DateTimeOffset? DeletionDueAt,
    DateTimeOffset? LockedUntil,
    int Sessions,
    int Tokens,
    bool HasSecondFactor,
    bool IsLastAdmin);

/// <summary>One account as an admin sees it: nothing of its mail, keys or what it is called elsewhere.</summary>
public sealed class GetUser(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public async Task<Outcome<UserDetail>> HandleAsync(Actor actor, Guid userId, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var user = await context.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId && u.Status != AccountStatus.Deleted, cancellationToken);
        if (user is null)
            return AccountFailures.NotFound;
        var sessions = context.Sessions.Where(session => session.UserId == userId);
        return new UserDetail(
            user.Id,
            user.Email!,
            user.EmailConfirmed,
            user.Role,
            user.Status,
            user.SuspendedReason,
            user.CreatedAt,
            await sessions.MaxAsync(session => (DateTimeOffset?)session.LastSeenAt, cancellationToken),
            user.DeletionDueAt,
            user.LockoutEnd > now ? user.LockoutEnd : null,
            await sessions.CountAsync(session => session.RevokedAt == null && session.ExpiresAt > now, cancellationToken),
            await context.ApiTokens.CountAsync(
                token => token.UserId == userId && token.RevokedAt == null && (token.ExpiresAt == null || token.ExpiresAt > now), cancellationToken),
            await context.Authenticators.AnyAsync(a => a.UserId == userId && a.ConfirmedAt != null, cancellationToken)
                || await context.Passkeys.AnyAsync(passkey => passkey.UserId == userId, cancellationToken),
            await context.IsLastAdminAsync(userId, cancellationToken));
    }
}
