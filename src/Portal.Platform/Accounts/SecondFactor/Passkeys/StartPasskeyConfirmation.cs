using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.SecondFactor.Passkeys;

/// <summary>Offers the browser of a session to prove with one of the account's passkeys that its owner is there.</summary>
public sealed class StartPasskeyConfirmation(IDbContextFactory<PlatformContext> contexts, PasskeyCeremony ceremony)
{
    public async Task<Outcome<PasskeyOffer>> HandleAsync(Actor actor, PasskeySite site, CancellationToken cancellationToken)
    {
        if (actor.Support is not null)
            return actor.Refusal;
        if (actor.SessionId is null)
            return AccountFailures.NotFound;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var user = await context.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == actor.UserId, cancellationToken);
        return user is null ? AccountFailures.NotFound : await ceremony.OfferRequestAsync(PasskeyPurpose.Confirm, user, site);
    }
}
