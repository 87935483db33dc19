using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Platform.Accounts.Tokens;

namespace Portal.Platform.Accounts.Sessions;

/// <param name="LastSeenAt">To five minutes.</param>
/// <param name="Ip">Where it was opened from.</param>
/// <param name="IsCurrent">The one by which the question came.</param>
public sealed record ListedSession(
    Guid Id, string AuthMethod, IPAddress? Ip, string? UserAgent, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, bool IsCurrent);

/// <summary>The actor's sessions that are good now: the present one first, then by last use.</summary>
public sealed class ListSessions(IDbContextFactory<PlatformContext> contexts, IOptions<PlatformOptions> options, TimeProvider time)
{
    /// <summary>Nobody looks through more; the oldest of a longer list end with <see cref="EndOtherSessions"/>.</summary>
    private const int Most = 200;

    public async Task<Outcome<IReadOnlyList<ListedSession>>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.IsStranger)
            return AccountFailures.NotFound;
        if (!actor.Allows(TokenScopes.AccountRead))
            return actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var sessions = await context.Sessions.AsNoTracking().Good(time.GetUtcNow(), options.Value.SessionIdleTimeout)
            .Where(session => session.UserId == actor.UserId)
            .OrderByDescending(session => session.LastSeenAt)
            .ThenBy(session => session.Id)
            .Take(Most)
            .Select(session => new ListedSession(
                session.Id, session.AuthMethod, session.Ip, session.UserAgent, session.CreatedAt, session.LastSeenAt, session.ExpiresAt, session.Id == actor.SessionId))
            .ToListAsync(cancellationToken);
        return sessions.OrderByDescending(session => session.IsCurrent).ToList();
    }
}
