using System.Collections.Frozen;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts.Sessions;

namespace Portal.Platform.Accounts.Tokens;

/// <summary>A token that is good now, with its owner's account as it is now.</summary>
public sealed record ValidToken(Guid TokenId, Guid UserId, string Email, Role Role, IReadOnlySet<string> Scopes)
{
    public Actor Actor => Actor.Token(UserId, Role, Scopes);
}

/// <summary>Finds whose token it is. A malformed one is turned away without the database; a good one is believed for a moment.</summary>
public sealed class AuthenticateToken(IDbContextFactory<PlatformContext> contexts, AccountCache cache, TimeProvider time)
{
    private static readonly TimeSpan UsedInterval = TimeSpan.FromMinutes(1);

    /// <returns>Null when the token is malformed, unknown, expired or revoked, or its owner may not sign in.</returns>
    public async ValueTask<ValidToken?> HandleAsync(string? token, IPAddress? ip, CancellationToken cancellationToken)
    {
        if (!TokenFormat.IsWellFormed(token))
            return null;
        var hash = TokenFormat.Hash(token!);
        return await cache.GetOrLoadAsync(Convert.ToHexString(hash), cancel => LoadAsync(hash, ip, cancel), cancellationToken);
    }

    private async Task<ValidToken?> LoadAsync(byte[] hash, IPAddress? ip, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.ApiTokens
            .Where(token => token.TokenHash == hash && token.RevokedAt == null && (token.ExpiresAt == null || token.ExpiresAt > now))
            .Join(
                context.Users.Where(user => user.Status == AccountStatus.Active),
                token => token.UserId,
                user => user.Id,
                (token, user) => new { token.Id, token.UserId, token.Scopes, token.LastUsedAt, user.Email, user.Role })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return null;
        if (found.LastUsedAt is null || now - found.LastUsedAt >= UsedInterval)
        {
            await context.ApiTokens.Where(token => token.Id == found.Id).ExecuteUpdateAsync(
                token => token.SetProperty(t => t.LastUsedAt, now).SetProperty(t => t.LastUsedIp, ip), cancellationToken);
        }

        return new ValidToken(found.Id, found.UserId, found.Email!, found.Role, found.Scopes.ToFrozenSet(StringComparer.Ordinal));
    }
}
