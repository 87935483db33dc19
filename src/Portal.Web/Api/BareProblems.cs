namespace Portal.Web.Api;

/// <summary>
/// Gives a body to errors that none of our code has answered: a request that could not be read, an address that is not there.
/// </summary>
internal static class BareProblems
{
    public static IApplicationBuilder UseBareProblems(this IApplicationBuilder app) =>
        app.UseStatusCodePages(context => Of(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));

    private static IResult Of(int status)
    {
        var (code, detail) = status switch
        {
            StatusCodes.Status400BadRequest => ("request_malformed", "The request could not be read: its body or one of its parameters is not what it should be."),
            StatusCodes.Status404NotFound => ("not_found", "There is nothing at this address."),
            StatusCodes.Status413PayloadTooLarge => ("request_too_large", "The body of the request is too large."),
            _ => ("request_failed", "The request could not be answered."),
        };
        return Problems.Of(status, code, detail);
    }
}
