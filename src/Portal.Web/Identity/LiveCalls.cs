using Microsoft.AspNetCore.Http.Features;
using Portal.Platform;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.Tokens;

namespace Portal.Web.Identity;

/// <summary>
/// A call under /api may last: an event stream, a large message. When its session or token ends meanwhile, so does the call; it is
/// cut off, and the caller's next one is told to sign in. A moment is left to the call that ended it: it has an answer to give.
/// </summary>
internal sealed class LiveCalls(
    RequestDelegate next,
    AccountWatch accountWatch,
    ValidateSession validateSession,
    AuthenticateToken authenticateToken,
    TimeProvider time,
    ILogger<LiveCalls> logger)
{
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || context.User.FindActor() is not { } actor)
        {
            await next(context);
            return;
        }

        var lifetime = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        var token = BearerTokenHandler.Find(context.Request);
        using var done = new CancellationTokenSource();
        using var watch = accountWatch.Watch(actor, () => _ = CheckAsync(actor, token, lifetime, done.Token));
        // The clock ends a view without telling anybody.
        using var end = actor.Support is not { } view
            ? null
            : time.CreateTimer(_ => _ = CheckAsync(actor, token, lifetime, done.Token), null, Left(view.Until), Timeout.InfiniteTimeSpan);
        try
        {
            await next(context);
        }
        finally
        {
            await done.CancelAsync();
        }
    }

    private TimeSpan Left(DateTimeOffset until) => until - time.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    private async Task CheckAsync(Actor actor, string? token, IHttpRequestLifetimeFeature lifetime, CancellationToken done)
    {
        try
        {
            // A session that enters or leaves a support view is another's from then on.
            var good = actor.SessionId is { } id
                ? await validateSession.HandleAsync(id, CancellationToken.None) is { } session && session.Support?.GrantId == actor.Support?.GrantId
                : await authenticateToken.HandleAsync(token, null, CancellationToken.None) is not null;
            if (good)
                return;
            await Task.Delay(LastWord, time, done);
            lifetime.Abort();
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // It has answered.
        }
        catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault))
        {
            // It was good when it began, and once the database answers again everybody is told anew.
            logger.SessionUncheckable(fault);
        }
    }
}
