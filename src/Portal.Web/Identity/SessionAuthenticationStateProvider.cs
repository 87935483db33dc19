using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Portal.Platform;
using Portal.Platform.Accounts.Sessions;

namespace Portal.Web.Identity;

/// <summary>
/// Whose circuit this is. A circuit outlives the request that checked its cookie: it is told when its session or account changes
/// (<see cref="AccountWatch"/>) and asks the database then; the slow round asks too, for what ends by the clock alone.
/// </summary>
internal sealed class SessionAuthenticationStateProvider : RevalidatingServerAuthenticationStateProvider
{
    private readonly ValidateSession validateSession;
    private readonly AccountWatch accountWatch;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private Guid? watched;
    private IDisposable? watch;
    private bool disposed;

    public SessionAuthenticationStateProvider(ILoggerFactory loggers, ValidateSession validateSession, AccountWatch accountWatch)
        : base(loggers)
    {
        this.validateSession = validateSession;
        this.accountWatch = accountWatch;
        logger = loggers.CreateLogger<SessionAuthenticationStateProvider>();
        AuthenticationStateChanged += Watch;
    }

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        authenticationState.User.FindSessionId() is { } sessionId
        && await FindAsync(sessionId, authenticationState, cancellationToken) is { } now
        && now.User.Identity?.IsAuthenticated == true;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            AuthenticationStateChanged -= Watch;
            lock (gate)
            {
                disposed = true;
                watch?.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private void Watch(Task<AuthenticationState> changed) => _ = WatchAsync(changed);

    private async Task WatchAsync(Task<AuthenticationState> changed)
    {
        var user = (await changed).User;
        var sessionId = user.FindSessionId();
        lock (gate)
        {
            if (disposed || sessionId == watched)
                return;
            watch?.Dispose();
            watched = sessionId;
            watch = sessionId is { } id && user.FindActor() is { } actor
                ? accountWatch.Watch(id, actor.UserId, () => _ = RevalidateAsync(id))
                : null;
        }
    }

    private async Task RevalidateAsync(Guid sessionId)
    {
        var before = await GetAuthenticationStateAsync();
        if (before.User.FindSessionId() == sessionId && await FindAsync(sessionId, before, CancellationToken.None) is { } now)
            SetAuthenticationState(Task.FromResult(now));
    }

    /// <returns>
    /// The session as it is now, or nobody when it has ended or has another role: what the role opened must close. What is known already
    /// while the database is away: nothing can be done in the circuit then either, and it need not lose its place.
    /// </returns>
    private async Task<AuthenticationState?> FindAsync(Guid sessionId, AuthenticationState before, CancellationToken cancellationToken)
    {
        try
        {
            var session = await validateSession.HandleAsync(sessionId, cancellationToken);
            return session is not null && session.Role == before.User.FindActor()?.Role
                ? new AuthenticationState(PortalPrincipal.ForSession(session))
                : new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()));
        }
        catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault))
        {
            logger.SessionUncheckable(fault);
            return before;
        }
    }
}
