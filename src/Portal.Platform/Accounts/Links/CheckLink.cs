using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Passwords;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.SignUp;

namespace Portal.Platform.Accounts.Links;

public sealed record CheckLinkRequest(AccountLinkKind Kind, string? Token, IPAddress? Ip);

/// <param name="Email">Where it was sent.</param>
/// <param name="HasSecondFactor">Whether its account has one, so that a shorter password will do.</param>
public sealed record CheckedLink(string Email, bool HasSecondFactor);

/// <summary>Says whether a mailed link would be taken now, so that a page need not ask in vain. Uses nothing up: scanners of mail follow links too.</summary>
public sealed class CheckLink(IDbContextFactory<PlatformContext> contexts, AttemptThrottle throttle, IOptionsMonitor<SignUpOptions> signUp, TimeProvider time)
{
    public async Task<Outcome<CheckedLink>> HandleAsync(CheckLinkRequest request, CancellationToken cancellationToken)
    {
        if (!throttle.TryTake(request.Ip))
            return SignIn.TooManyAttempts;
        if (request.Kind == AccountLinkKind.Invite && signUp.CurrentValue.Mode == SignUpMode.Off)
            return AccountLinkQueries.Ended;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.GoodLinks(request.Kind, request.Token, time.GetUtcNow())
            .Select(link => new CheckedLink(
                link.Email,
                context.Authenticators.Any(authenticator => authenticator.UserId == link.UserId && authenticator.ConfirmedAt != null)
                    || context.Passkeys.Any(passkey => passkey.UserId == link.UserId)))
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return AccountLinkQueries.Ended;
        throttle.GiveBack(request.Ip);
        return found;
    }
}
