using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Audit;

namespace Portal.Platform.Accounts.Tokens;

/// <summary>Ends one of the account's tokens: here at once, elsewhere within moments. It asks for no fresh proof, for it must be quick.</summary>
public sealed class RevokeToken(IDbContextFactory<PlatformContext> contexts, AccountCache cache, TimeProvider time)
{
    public async Task<Outcome<Guid>> HandleAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (actor.IsStranger)
            return AccountFailures.NotFound;
        if (!actor.Allows(TokenScopes.AccountWrite))
            return actor.Refusal;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var revoked = await context.ApiTokens
            .Where(token => token.Id == id && token.UserId == actor.UserId && token.RevokedAt == null)
            .ExecuteUpdateAsync(token => token.SetProperty(t => t.RevokedAt, now), cancellationToken);
        if (revoked == 0)
            return AccountFailures.NotFound;
        context.Audit(actor, Acts.TokenRevoked, AuditTarget.Of(AuditTarget.TokenKind, id, actor.UserId), now);
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceAccountAsync(actor.UserId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        cache.Clear();
        return id;
    }
}
