using Microsoft.AspNetCore.Antiforgery;

namespace Portal.Web.Identity;

/// <summary>
/// A write under /api that is borne by the session cookie must bring the antiforgery header, which another site's page cannot know.
/// A bearer token is never sent by a browser on its own, so it needs none.
/// </summary>
internal sealed class ApiAntiforgery(RequestDelegate next, IAntiforgery antiforgery)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            && string.Equals(context.User.Identity?.AuthenticationType, PortalSchemes.Cookie, StringComparison.Ordinal)
            && IsUnsafe(context.Request.Method)
            && !(context.Request.Headers.ContainsKey(PortalAuthentication.AntiforgeryHeader) && await antiforgery.IsRequestValidAsync(context)))
        {
            await ApiProblem.Antiforgery.ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    /// <summary>RFC 9110 section 9.2.1.</summary>
    private static bool IsUnsafe(string method) =>
        !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method));
}
