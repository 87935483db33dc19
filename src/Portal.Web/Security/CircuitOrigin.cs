namespace Portal.Web.Security;

/// <summary>
/// A circuit is opened by our own pages alone. Browsers let any site open a WebSocket to us with our cookies, and name that site in
/// <c>Origin</c> (RFC 6455 section 10.2); the cookie's SameSite is the first fence, this is the second. A handshake without an
/// Origin comes from no browser and is refused as well.
/// </summary>
/// <remarks>
/// Guarded are the connection and its negotiation. The message by which a page says that it closes is not: under our referrer policy
/// browsers name its origin <c>null</c>, and it ends a circuit only whose secret id it brings.
/// </remarks>
internal sealed class CircuitOrigin(RequestDelegate next)
{
    public const string Path = "/_blazor";

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!IsGuarded(request.Path) || IsOurs(request))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("This connection is for pages of this portal only.\n", context.RequestAborted);
    }

    private static bool IsGuarded(PathString path) =>
        path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase, out var rest)
        && (!rest.HasValue || rest == "/" || rest.StartsWithSegments("/negotiate", StringComparison.OrdinalIgnoreCase));

    private static bool IsOurs(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        if (origin.Count == 0)
            return !IsWebSocket(request) && HttpMethods.IsGet(request.Method);
        return origin.Count == 1 && string.Equals(origin[0], $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Over HTTP/1.1 an upgrade (RFC 6455 section 4.1), over HTTP/2 an extended CONNECT (RFC 8441 section 4).</summary>
    private static bool IsWebSocket(HttpRequest request) =>
        request.HttpContext.WebSockets.IsWebSocketRequest
        || request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase)
        || HttpMethods.IsConnect(request.Method);
}
