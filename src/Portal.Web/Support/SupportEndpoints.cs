using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Portal.Platform;
using Portal.Platform.Accounts;
using Portal.Platform.Support;
using Portal.Web.Api;
using Portal.Web.Identity;

namespace Portal.Web.Support;

/// <summary>
/// What the forms of the support view post to. They are no forms of pages, because they stand on every page, static or interactive,
/// and a view begins and ends with a full load: everything on the screen is another account's then.
/// </summary>
internal static class SupportEndpoints
{
    public const string StartPath = "/support/start-view";
    public const string AnswerPath = "/support/answer";
    public const string StopPath = "/support/stop-view";

    public static void MapSupportForms(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(StartPath, StartAsync);
        endpoints.MapPost(ViewWall.EndPath, EndAsync);
        endpoints.MapPost(AnswerPath, AnswerAsync);
        endpoints.MapPost(StopPath, StopAsync);
    }

    public static string PageOf(Guid grantId) => $"/support/views/{grantId}";

    private static async Task<IResult> StartAsync(HttpContext http, IAntiforgery antiforgery, StartView start)
    {
        if (await ReadAsync(http, antiforgery) is not { } form)
            return ApiProblem.Antiforgery;
        var started = await start.HandleAsync(http.User.GetActor(), form.Grant, http.RequestAborted);
        return started.Succeeded ? Results.LocalRedirect("/") : Answer(started.Failure, PageOf(form.Grant));
    }

    private static async Task<IResult> EndAsync(HttpContext http, IAntiforgery antiforgery, EndView end)
    {
        if (await ReadAsync(http, antiforgery) is not { } form)
            return ApiProblem.Antiforgery;
        var actor = http.User.GetActor();
        var grant = actor.Support?.GrantId ?? form.Grant;
        var ended = await end.HandleAsync(actor, grant, http.RequestAborted);
        return ended.Succeeded ? Results.LocalRedirect(PageOf(grant)) : Answer(ended.Failure, PageOf(grant));
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, IAntiforgery antiforgery, AnswerView answer)
    {
        if (await ReadAsync(http, antiforgery) is not { } form)
            return ApiProblem.Antiforgery;
        var answered = await answer.HandleAsync(http.User.GetActor(), new AnswerViewRequest(form.Grant, form.Agrees, form.Minutes), http.RequestAborted);
        return answered.Succeeded ? Results.LocalRedirect(form.ReturnUrl) : Answer(answered.Failure, form.ReturnUrl);
    }

    private static async Task<IResult> StopAsync(HttpContext http, IAntiforgery antiforgery, EndView end)
    {
        if (await ReadAsync(http, antiforgery) is not { } form)
            return ApiProblem.Antiforgery;
        var ended = await end.HandleAsync(http.User.GetActor(), form.Grant, http.RequestAborted);
        return ended.Succeeded ? Results.LocalRedirect(form.ReturnUrl) : Answer(ended.Failure, form.ReturnUrl);
    }

    /// <summary>What came too late is seen on the page itself; what is not the caller's is not there.</summary>
    private static IResult Answer(Failure failure, string page) =>
        failure == AccountFailures.NotFound || failure == AccountFailures.SupportView || failure == AccountFailures.ScopeMissing
            ? Problems.Of(failure)
            : Results.LocalRedirect(page);

    /// <returns>Null when the form is not from a page of ours.</returns>
    private static async Task<Posted?> ReadAsync(HttpContext http, IAntiforgery antiforgery)
    {
        if (!http.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(http))
            return null;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return new Posted(
            Guid.TryParse(form["grant"], out var grant) ? grant : Guid.Empty,
            string.Equals(form["answer"], "yes", StringComparison.Ordinal),
            int.TryParse(form["minutes"], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes : null,
            LocalUrl.OrHome(form["returnUrl"]));
    }

    private sealed record Posted(Guid Grant, bool Agrees, int? Minutes, string ReturnUrl);
}
