using System.Net;
using Portal.Passwords;
using Portal.Platform.Accounts.Sessions;

namespace Portal.Platform.Accounts.SecondFactor.Passkeys;

/// <summary>Offers a stranger's browser to sign in with any passkey that it has for this host. It says nothing of what accounts there are.</summary>
public sealed class StartPasskeySignIn(PasskeyCeremony ceremony, AttemptThrottle throttle)
{
    public async Task<Outcome<PasskeyOffer>> HandleAsync(PasskeySite site, IPAddress? ip)
    {
        // Asking is free, but not for whoever has no attempt left.
        if (!throttle.TryTake(ip))
            return SignIn.TooManyAttempts;
        throttle.GiveBack(ip);
        return await ceremony.OfferRequestAsync(PasskeyPurpose.SignIn, null, site);
    }
}
