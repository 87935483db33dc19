using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Portal.Web.Security;

/// <summary>
/// Headers of every answer. Scripts and connections come from our own origin only; `wasm-unsafe-eval` is for argon2id, inline styles are
/// for MudBlazor. There is no report address: a report would carry URLs out of mail.
/// </summary>
internal static class SecurityHeaders
{
    internal const string PortalPolicy =
        "default-src 'none'; base-uri 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; frame-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    private const string Permissions =
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(self), geolocation=(), gyroscope=(), "
        + "magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), usb=(), xr-spatial-tracking=(), "
        + "clipboard-write=(self), publickey-credentials-get=(self), publickey-credentials-create=(self)";

    /// <summary>A year, in seconds. Never sent for loopback names, where it would lock other ports out too.</summary>
    private const string TransportSecurity = "max-age=31536000";

    /// <summary>Goes first, so that error pages and static files carry the headers too.</summary>
    internal static IApplicationBuilder UsePortalSecurityHeaders(this IApplicationBuilder app, IFileProvider webRoot) => app.Use((context, next) =>
    {
        var policy = MailFrame.Serves(context.Request.Path) ? MailFrame.ReadPolicy(webRoot) : PortalPolicy;
        Write(context, policy ?? PortalPolicy);

        // An error page begins with cleared headers.
        context.Response.OnStarting(() =>
        {
            Write(context, policy ?? PortalPolicy);
            return Task.CompletedTask;
        });
        if (policy is not null)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    private static void Write(HttpContext context, string policy)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps && !IsLoopback(context.Request.Host.Host))
        {
            headers[HeaderNames.StrictTransportSecurity] = TransportSecurity;
        }
    }

    private static bool IsLoopback(string host) => host is "localhost" or "127.0.0.1" or "[::1]" || host.EndsWith(".localhost", StringComparison.Ordinal);
}
