using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.SecondFactor.Passkeys;

/// <summary>Offers the browser to make a passkey for the account.</summary>
public sealed class StartAddingPasskey(IDbContextFactory<PlatformContext> contexts, PasskeyCeremony ceremony, TimeProvider time)
{
    public async Task<Outcome<PasskeyOffer>> HandleAsync(Actor actor, PasskeySite site, CancellationToken cancellationToken)
    {
        if (OwnAccount.RefuseChange(actor, time.GetUtcNow()) is { } refusal)
            return refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var email = await context.Users.Where(user => user.Id == actor.UserId).Select(user => user.Email).SingleOrDefaultAsync(cancellationToken);
        if (email is null)
            return AccountFailures.NotFound;
        return await ceremony.OfferCreationAsync(actor.UserId, email, site);
    }
}
