using System.Security.Claims;
using System.Threading.Channels;
using Portal.Platform.Accounts.Sessions;
using Portal.Web.Identity;

namespace Portal.Web.Api.Sessions;

internal static class SessionEndpoints
{
    public static void MapSessions(this RouteGroupBuilder api)
    {
        api.MapGet("/sessions", ListAsync);
        api.MapDelete("/sessions/{id:guid}", EndAsync);
        api.MapPost("/sessions/end-others", EndOthersAsync);
        api.MapGet("/sessions/current/events", StreamAsync);
    }

    private static async Task<IResult> ListAsync(ClaimsPrincipal user, ListSessions listSessions, CancellationToken cancellationToken)
    {
        var listed = await listSessions.HandleAsync(user.GetActor(), cancellationToken);
        return listed.Succeeded ? TypedResults.Ok(new { items = listed.Value.Select(Describe), next = (string?)null }) : Problems.Of(listed.Failure);
    }

    private static async Task<IResult> EndAsync(Guid id, ClaimsPrincipal user, EndSession endSession, CancellationToken cancellationToken)
    {
        var ended = await endSession.HandleAsync(user.GetActor(), id, cancellationToken);
        return ended.Succeeded ? TypedResults.NoContent() : Problems.Of(ended.Failure);
    }

    private static async Task<IResult> EndOthersAsync(ClaimsPrincipal user, EndOtherSessions endOtherSessions, CancellationToken cancellationToken)
    {
        var ended = await endOtherSessions.HandleAsync(user.GetActor(), cancellationToken);
        return ended.Succeeded
            ? TypedResults.Ok(new { sessions = ended.Value.Sessions, devices = ended.Value.Devices })
            : Problems.Of(ended.Failure);
    }

    /// <summary>
    /// Breaks when the session ends (<see cref="LiveCalls"/>), and the page that listens asks why. Until then it says <c>changed</c> when
    /// something did: pages without a circuit ask then who looks at the account. One for a browser, not one for a tab.
    /// </summary>
    private static async Task<IResult> StreamAsync(HttpContext http, AccountWatch accounts, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        // However much changes at once is one thing to say.
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var watch = accounts.Watch(http.User.GetActor(), () => changes.Writer.TryWrite(true));
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            var change = changes.Reader.WaitToReadAsync(ended.Token).AsTask();
            while (true)
            {
                var hasChanged = change.IsCompletedSuccessfully && changes.Reader.TryRead(out _);
                if (hasChanged)
                    change = changes.Reader.WaitToReadAsync(ended.Token).AsTask();
                await http.Response.WriteAsync(hasChanged ? "event: changed\ndata: \n\n" : ": here\n\n", ended.Token);
                await http.Response.Body.FlushAsync(ended.Token);
                await await Task.WhenAny(change, Task.Delay(ServerSentEvents.Heartbeat, time, ended.Token));
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return TypedResults.Empty;
        }
    }

    private static object Describe(ListedSession session) => new
    {
        session.Id,
        session.AuthMethod,
        session.Ip,
        session.UserAgent,
        session.CreatedAt,
        session.LastSeenAt,
        session.ExpiresAt,
        current = session.IsCurrent,
    };
}
