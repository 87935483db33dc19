using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Portal.Platform;
using Portal.Platform.Accounts.Sessions;

namespace Portal.Web.Identity;

/// <summary>Checks the cookie's session in the database at each request, and answers programs under /api without redirects.</summary>
internal sealed class SessionCookieEvents(ValidateSession validateSession, ILogger<SessionCookieEvents> logger) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        ValidSession? session;
        try
        {
            session = context.Principal?.FindSessionId() is { } id
                ? await validateSession.HandleAsync(id, context.HttpContext.RequestAborted)
                : null;
        }
        catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault))
        {
            // The cookie stays: it may be good. Whatever needs it answers 503; health and account pages go on.
            logger.SessionUncheckable(fault);
            ApiProblem.MarkUnavailable(context.HttpContext);
            context.RejectPrincipal();
            return;
        }

        if (session is null)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(PortalSchemes.Cookie);
            return;
        }

        context.ReplacePrincipal(PortalPrincipal.ForSession(session, RequestOrigin.Of(context.HttpContext)));
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (ApiProblem.IsUnavailable(context.HttpContext))
            return ApiProblem.Unavailable.ExecuteAsync(context.HttpContext);
        return IsForPrograms(context.Request)
            ? ApiProblem.Unauthenticated.ExecuteAsync(context.HttpContext)
            : base.RedirectToLogin(context);
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (IsForPrograms(context.Request))
            return ApiProblem.Forbidden.ExecuteAsync(context.HttpContext);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool IsForPrograms(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal);
}
