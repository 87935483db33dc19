using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Platform;
using Portal.Vault;

namespace Portal.Web.Api;

/// <summary>Errors as RFC 9457 problem details with a stable <c>code</c>.</summary>
internal static class Problems
{
    public static ProblemHttpResult Of(VaultProblem problem) => Of(
        problem.Kind switch
        {
            VaultProblemKind.NotFound => StatusCodes.Status404NotFound,
            VaultProblemKind.Conflict => StatusCodes.Status409Conflict,
            VaultProblemKind.Forbidden => StatusCodes.Status403Forbidden,
            VaultProblemKind.Busy => StatusCodes.Status429TooManyRequests,
            _ => StatusCodes.Status422UnprocessableEntity,
        },
        problem.Code,
        problem.Detail);

    public static ProblemHttpResult Of(Failure failure) => Of(
        failure.Code switch
        {
            "not_found" => StatusCodes.Status404NotFound,
            "scope_missing" or "step_up_required" or "support_view" => StatusCodes.Status403Forbidden,
            "busy" or "too_many_attempts" => StatusCodes.Status429TooManyRequests,
            _ => StatusCodes.Status422UnprocessableEntity,
        },
        failure.Code,
        failure.Detail);

    public static ProblemHttpResult Of(int status, string code, string detail) => TypedResults.Problem(
        detail: detail, statusCode: status, extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code });

    /// <summary>The value as 200, or the problem.</summary>
    public static IResult Ok<T>(VaultResult<T> result) => result.Succeeded ? TypedResults.Ok(result.Value) : Of(result.Problem);

    /// <summary>A whole list that has no further page.</summary>
    public static IResult Items<T>(VaultResult<IReadOnlyList<T>> result) =>
        result.Succeeded ? TypedResults.Ok(new { items = result.Value, next = (string?)null }) : Of(result.Problem);
}
