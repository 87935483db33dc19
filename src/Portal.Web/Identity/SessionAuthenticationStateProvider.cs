using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Portal.Platform;
using Portal.Platform.Accounts.Sessions;
using Portal.Web.Support;

namespace Portal.Web.Identity;

/// <summary>
/// Whose circuit this is. A circuit outlives the request that checked its cookie: it is told when its session or account changes
/// (<see cref="AccountWatch"/>) and asks the database then; the slow round asks too, for what ends by the clock alone.
/// </summary>
internal sealed class SessionAuthenticationStateProvider : RevalidatingServerAuthenticationStateProvider
{
    private readonly ValidateSession validateSession;
    private readonly AccountWatch accountWatch;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private Guid? watched;
    private IDisposable? watch;
    private ITimer? end;
    private bool disposed;

    public SessionAuthenticationStateProvider(ILoggerFactory loggers, ValidateSession validateSession, AccountWatch accountWatch, TimeProvider time)
        : base(loggers)
    {
        this.validateSession = validateSession;
        this.accountWatch = accountWatch;
        this.time = time;
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
                end?.Dispose();
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
            end?.Dispose();
            watched = sessionId;
            var actor = sessionId is null ? null : user.FindActor();
            watch = actor is null ? null : accountWatch.Watch(actor, () => _ = RevalidateAsync(sessionId!.Value));
            end = actor?.Support is { } view ? EndAt(view.Until, sessionId!.Value) : null;
        }
    }

    /// <summary>Nobody announces what the clock ends.</summary>
    private ITimer EndAt(DateTimeOffset until, Guid sessionId)
    {
        var left = until - time.GetUtcNow();
        return time.CreateTimer(_ => _ = RevalidateAsync(sessionId), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private async Task RevalidateAsync(Guid sessionId)
    {
        var before = await GetAuthenticationStateAsync();
        if (before.User.FindSessionId() == sessionId && await FindAsync(sessionId, before, CancellationToken.None) is { } now)
            SetAuthenticationState(Task.FromResult(now));
    }

    /// <returns>
    /// The session as it is now, or nobody when it has ended, has another role, or has entered or left a support view: what was open must
    /// close. What is known already while the database is away: nothing can be done in the circuit then either, and it need not lose its place.
    /// </returns>
    private async Task<AuthenticationState?> FindAsync(Guid sessionId, AuthenticationState before, CancellationToken cancellationToken)
    {
        try
        {
            var session = await validateSession.HandleAsync(sessionId, cancellationToken);
            var actor = before.User.FindActor();
            if (session is not null && session.Support?.GrantId != actor?.Support?.GrantId)
                return new AuthenticationState(PortalPrincipal.Elsewhere(actor?.Support is { } left ? SupportEndpoints.PageOf(left.GrantId) : "/"));
            return session is not null && session.Role == actor?.Role
                ? new AuthenticationState(PortalPrincipal.ForSession(session, before.User.FindOrigin()))
                : new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()));
        }
        catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault))
        {
            logger.SessionUncheckable(fault);
            return before;
        }
    }
}
