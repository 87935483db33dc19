using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Platform.Accounts;

namespace Portal.Web.Identity;

/// <summary>What a program is told when it may not pass, as problem+json (RFC 9457) with a stable <c>code</c>.</summary>
internal static class ApiProblem
{
    private static readonly object UnavailableMark = new();

    public static IResult Unauthenticated { get; } = new WithChallenge(Problem(
        StatusCodes.Status401Unauthorized, "unauthenticated", "Sign in, or send a valid token as Authorization: Bearer."));

    public static IResult Forbidden { get; } = Problem(
        StatusCodes.Status403Forbidden, "forbidden", "This account or token may not do this.");

    public static IResult SupportView { get; } = Problem(
        StatusCodes.Status403Forbidden, AccountFailures.SupportView.Code, AccountFailures.SupportView.Detail);

    public static IResult Antiforgery { get; } = Problem(
        StatusCodes.Status400BadRequest, "antiforgery", $"The header {PortalAuthentication.AntiforgeryHeader} is missing or does not fit the session. Load the page again.");

    public static IResult TooManyRequests { get; } = Problem(
        StatusCodes.Status429TooManyRequests, "too_many_requests", "Too many requests from this network. Wait as long as Retry-After says.");

    public static IResult Unavailable { get; } = Problem(
        StatusCodes.Status503ServiceUnavailable, "unavailable", "The portal cannot check who you are at this moment. Try again in a minute.");

    public static void MarkUnavailable(HttpContext http) => http.Items[UnavailableMark] = UnavailableMark;

    public static bool IsUnavailable(HttpContext http) => http.Items.ContainsKey(UnavailableMark);

    private static ProblemHttpResult Problem(int status, string code, string detail) =>
        TypedResults.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code });

    /// <summary>A 401 names the scheme that would do (RFC 9110 section 15.5.2).</summary>
    private sealed class WithChallenge(IResult inner) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.WWWAuthenticate = "Bearer realm=\"vaultbox\"";
            return inner.ExecuteAsync(httpContext);
        }
    }
}
