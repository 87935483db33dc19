using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using Portal.Platform.Support;
using Portal.Web.Support;

namespace Portal.Web.Identity;

/// <summary>
/// The second wall around a support view; the first is the scopes of its actor. No request that could change something passes while the
/// session is in a view, but those that end it; and what is opened is written down before it is shown.
/// </summary>
internal sealed class ViewWall(RequestDelegate next, NoteLook noteLook)
{
    public const string EndPath = "/support/end-view";

    /// <summary>
    /// Ending the view or the session, and what a circuit needs to live: what is done in a circuit is done by use cases, which ask for scopes.
    /// </summary>
    private static readonly PathString[] Open = [EndPath, PortalAuthentication.SignOutPath, "/_blazor"];

    /// <summary>Says nothing of the account.</summary>
    private static readonly PathString[] Silent = ["/api/v1/sessions/current/events", "/api/v1/me", "/api/v1/receipt-key"];

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.User.FindActor() is not { Support: not null } actor || IsAnswered(context))
        {
            await next(context);
            return;
        }

        if (!IsReading(context.Request.Method) && !Begins(Open, context.Request.Path))
        {
            await ApiProblem.SupportView.ExecuteAsync(context);
            return;
        }

        if (IsLook(context) && !(await noteLook.HandleAsync(actor, LookAt(context.Request.Path), context.RequestAborted)).Succeeded)
        {
            await ApiProblem.SupportView.ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    internal static NoteLookRequest LookAt(string path) =>
        ViewPlace.Of(path) is { Closed: null } open ? new(open.What, path) : new($"{ViewPlace.Of(path).What}, closed to support", path);

    /// <summary>The request has been through here; only the page that says what became of it is still to be made.</summary>
    private static bool IsAnswered(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null;

    private static bool IsLook(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
            return !Begins(Silent, context.Request.Path);
        return context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
    }

    private static bool Begins(PathString[] paths, PathString path) => paths.Any(begin => path.StartsWithSegments(begin, StringComparison.OrdinalIgnoreCase));

    /// <summary>RFC 9110 section 9.2.1.</summary>
    private static bool IsReading(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);
}
