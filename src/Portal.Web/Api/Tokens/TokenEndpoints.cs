using System.Security.Claims;
using Portal.Platform.Accounts.Tokens;
using Portal.Web.Identity;

namespace Portal.Web.Api.Tokens;

internal static class TokenEndpoints
{
    public static void MapTokens(this RouteGroupBuilder api)
    {
        api.MapGet("/tokens", ListAsync);
        api.MapPost("/tokens", CreateAsync);
        api.MapDelete("/tokens/{id:guid}", RevokeAsync);
    }

    private static async Task<IResult> ListAsync(ClaimsPrincipal user, ListTokens listTokens, CancellationToken cancellationToken)
    {
        var listed = await listTokens.HandleAsync(user.GetActor(), cancellationToken);
        return listed.Succeeded ? TypedResults.Ok(new { items = listed.Value, next = (string?)null }) : Problems.Of(listed.Failure);
    }

    /// <summary>201 with the token itself: the only time that it is told.</summary>
    private static async Task<IResult> CreateAsync(
        NewToken body, ClaimsPrincipal user, CreateToken createToken, CancellationToken cancellationToken)
    {
        var created = await createToken.HandleAsync(user.GetActor(), new CreateTokenRequest(body.Name, body.Scopes, body.ExpiresInDays), cancellationToken);
        return created.Succeeded
            ? TypedResults.Created($"{ApiRoutes.Root}/tokens/{created.Value.Id}", created.Value)
            : Problems.Of(created.Failure);
    }

    private static async Task<IResult> RevokeAsync(Guid id, ClaimsPrincipal user, RevokeToken revokeToken, CancellationToken cancellationToken)
    {
        var revoked = await revokeToken.HandleAsync(user.GetActor(), id, cancellationToken);
        return revoked.Succeeded ? TypedResults.NoContent() : Problems.Of(revoked.Failure);
    }

    /// <param name="ExpiresInDays">1 to 365; null: it does not expire.</param>
    internal sealed record NewToken(string? Name, IReadOnlyList<string>? Scopes, int? ExpiresInDays);
}
