using System.Security.Claims;
using Portal.Vault.Messages;
using Portal.Web.Provisioning;

namespace Portal.Web.Api.Messages;

/// <summary>Live arrival as server-sent events: <c>event: message</c> with the id; <c>event: resync</c> when some may have been missed.</summary>
internal static class MailEvents
{
    public static async Task<IResult> StreamAsync(
        Guid id, HttpContext http, ClaimsPrincipal user, WatchMail watchMail, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        var result = await watchMail.HandleAsync(new WatchMailRequest(user.InVault(), id), ended.Token);
        if (!result.Succeeded)
            return Problems.Of(result.Problem);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            await WriteAsync(http.Response, result.Value, time, ended);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The reader has gone, or the server stops: the usual end of a stream.
        }

        return TypedResults.Empty;
    }

    private static async Task WriteAsync(HttpResponse response, IAsyncEnumerable<Guid> arrivals, TimeProvider time, CancellationTokenSource ended)
    {
        var cancellationToken = ended.Token;
        await response.WriteAsync(": listening\n\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
        await using var enumerator = arrivals.GetAsyncEnumerator(cancellationToken);
        var next = enumerator.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                var beat = Task.Delay(ServerSentEvents.Heartbeat, time, cancellationToken);
                if (await Task.WhenAny(next, beat) == beat)
                {
                    await beat;
                    await response.WriteAsync(": \n\n", cancellationToken);
                }
                else if (await next)
                {
                    await WriteAsync(response, enumerator.Current, cancellationToken);
                    next = enumerator.MoveNextAsync().AsTask();
                }
                else
                {
                    return;
                }

                await response.Body.FlushAsync(cancellationToken);
            }
        }
        finally
        {
            // An enumerator may be left only when it is at rest; the token that ended us ends it too.
            await ended.CancelAsync();
            await next.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private static Task WriteAsync(HttpResponse response, Guid messageId, CancellationToken cancellationToken) => response.WriteAsync(
        messageId == Guid.Empty ? "event: resync\ndata: {}\n\n" : $"event: message\ndata: {{\"id\":\"{messageId}\"}}\n\n", cancellationToken);
}
