using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.Tokens;

/// <param name="Prefix">Its first characters.</param>
/// <param name="LastUsedAt">To the minute; null: never.</param>
public sealed record ListedToken(
    Guid Id, string Name, string Prefix, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt, IPAddress? LastUsedIp);

/// <summary>The account's tokens that work now, newest first.</summary>
public sealed class ListTokens(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public async Task<Outcome<IReadOnlyList<ListedToken>>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.IsStranger)
            return AccountFailures.NotFound;
        if (!actor.Allows(TokenScopes.AccountRead))
            return actor.Refusal;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ApiTokens.AsNoTracking()
            .Where(token => token.UserId == actor.UserId && token.RevokedAt == null && (token.ExpiresAt == null || token.ExpiresAt > now))
            .OrderByDescending(token => token.CreatedAt).ThenBy(token => token.Id)
            .Select(token => new ListedToken(
                token.Id, token.Name, token.Prefix, token.Scopes, token.CreatedAt, token.ExpiresAt, token.LastUsedAt, token.LastUsedIp))
            .ToListAsync(cancellationToken);
    }
}
