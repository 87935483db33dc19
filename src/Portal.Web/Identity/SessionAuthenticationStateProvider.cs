using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Portal.Platform;
using Portal.Platform.Accounts.Sessions;

namespace Portal.Web.Identity;

/// <summary>Asks every few seconds whether a circuit's session still stands; a circuit outlives the request that checked its cookie.</summary>
internal sealed class SessionAuthenticationStateProvider(ILoggerFactory loggers, ValidateSession validateSession)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    /// <summary>With the cache of <see cref="ValidateSession"/> before it, a revocation ends a circuit within five seconds.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private readonly ILogger logger = loggers.CreateLogger<SessionAuthenticationStateProvider>();

    protected override TimeSpan RevalidationInterval => Interval;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        if (authenticationState.User.FindSessionId() is not { } sessionId)
            return false;
        try
        {
            var session = await validateSession.HandleAsync(sessionId, cancellationToken);
            return session is not null && session.Role == authenticationState.User.FindActor()?.Role;
        }
        catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault))
        {
            // While the database is away nothing can be done in the circuit either; it need not lose its place.
            logger.SessionUncheckable(fault);
            return true;
        }
    }
}
