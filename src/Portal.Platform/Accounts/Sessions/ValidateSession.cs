using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Platform.Support;

namespace Portal.Platform.Accounts.Sessions;

/// <summary>A session that is good now, with the account as it is now.</summary>
/// <param name="DeletionDueAt">When the account will be destroyed; null: it stays.</param>
public sealed record ValidSession(
    Guid SessionId, Guid UserId, string Email, Role Role, DateTimeOffset ExpiresAt, DateTimeOffset FreshUntil, DateTimeOffset? DeletionDueAt = null)
{
    /// <summary>Set while the session is bound to a support view: everything else here is then of the account that is looked at.</summary>
    public SupportView? Support { get; init; }

    public Actor Actor => Support is { } view ? Actor.Viewing(UserId, SessionId, view) : Actor.Person(UserId, Role, SessionId, FreshUntil);
}

/// <summary>
/// Says whether a session is still good. Asked at every request and by every circuit, so the answer is kept for
/// <see cref="PlatformOptions.CredentialCacheLifetime"/>; a revocation elsewhere is seen after that time at the latest.
/// </summary>
public sealed class ValidateSession(
    IDbContextFactory<PlatformContext> contexts,
    AccountCache cache,
    IOptions<PlatformOptions> options,
    TimeProvider time)
{
    /// <summary>The database learns that a session is in use this often at most.</summary>
    private static readonly TimeSpan SeenInterval = TimeSpan.FromMinutes(5);

    private readonly PlatformOptions limits = options.Value;

    /// <returns>Null when the session was ended, ran out, or its account may not sign in.</returns>
    public async ValueTask<ValidSession?> HandleAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        var session = await cache.GetOrLoadAsync(sessionId, token => LoadAsync(sessionId, token), cancellationToken);
        if (session?.Support is not { } view || time.GetUtcNow() < view.Until)
            return session;
        // The clock ends a view to the second, whatever is remembered.
        cache.Drop(sessionId);
        return await cache.GetOrLoadAsync(sessionId, token => LoadAsync(sessionId, token), cancellationToken);
    }

    private async Task<ValidSession?> LoadAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var window = limits.StepUpWindow;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.Sessions.Good(now, limits.SessionIdleTimeout)
            .Where(session => session.Id == sessionId)
            .Join(
                context.Users.Where(user => user.Status == AccountStatus.Active),
                session => session.UserId,
                user => user.Id,
                (session, user) => new
                {
                    session.LastSeenAt,
                    session.ViewingGrantId,
                    Valid = new ValidSession(session.Id, user.Id, user.Email!, user.Role, session.ExpiresAt, session.ProvedAt + window, user.DeletionDueAt),
                })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is not null && now - found.LastSeenAt >= SeenInterval)
        {
            await context.Sessions.Where(session => session.Id == sessionId)
                .ExecuteUpdateAsync(session => session.SetProperty(s => s.LastSeenAt, now), cancellationToken);
        }

        return found is { ViewingGrantId: { } grantId } ? await context.FindViewAsync(found.Valid, grantId, now, cancellationToken) ?? found.Valid : found?.Valid;
    }
}
