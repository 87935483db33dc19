using Portal.Web.Api.Account;
using Portal.Web.Api.Aliases;
using Portal.Web.Api.Audit;
using Portal.Web.Api.Certificates;
using Portal.Web.Api.Credentials;
using Portal.Web.Api.Messages;
using Portal.Web.Api.MotorBlocks;
using Portal.Web.Api.Notices;
using Portal.Web.Api.ProcessingLog;
using Portal.Web.Api.Sessions;
using Portal.Web.Api.Tokens;
using Portal.Web.Api.Vaultboxes;

namespace Portal.Web.Api;

internal static class ApiRoutes
{
    public const string Root = "/api/v1";

    /// <summary>All of the API behind sign-in; a path that is not built answers a stranger 401 like one that is.</summary>
    public static void MapPortalApi(this WebApplication app)
    {
        var api = app.MapGroup(Root).RequireAuthorization().AddEndpointFilter(NoStoreAsync);
        api.MapAccount();
        api.MapSessions();
        api.MapViews();
        api.MapVaultboxes();
        api.MapAliases();
        api.MapCertificates();
        api.MapKeys();
        api.MapDevices();
        api.MapCredentials();
        api.MapMessages();
        api.MapProcessingLog();
        api.MapLogExport();
        api.MapActivityExport();
        api.MapAudit();
        api.MapTokens();
        api.MapMotorBlocks();
        api.MapNotices();
        api.Map("/{**path}", (string? path) =>
            Problems.Of(StatusCodes.Status404NotFound, "not_found", $"There is nothing at {Root}/{path}.")).ExcludeFromDescription();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
    }

    private static ValueTask<object?> NoStoreAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(context);
    }
}
