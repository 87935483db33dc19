using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts.Links;
using Portal.Platform.Accounts.Tokens;

namespace Portal.Platform.Accounts.SignUp;

/// <param name="WasPending">False: there was nothing to cancel.</param>
public sealed record CancelledEmailChange(bool WasPending);

/// <summary>Takes back a change of address that was asked for. Harmless, so nothing is proved anew.</summary>
public sealed class CancelEmailChange(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public async Task<Outcome<CancelledEmailChange>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.IsStranger)
            return AccountFailures.NotFound;
        if (!actor.Allows(TokenScopes.AccountWrite))
            return actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var revoked = await context.RevokeLinksAsync(actor.UserId, time.GetUtcNow(), cancellationToken, AccountLinkKind.ChangeEmail);
        return new CancelledEmailChange(revoked > 0);
    }
}
