using System.Security.Claims;
using Portal.Platform.Domains;
using Portal.Web.Identity;
using Portal.Web.Provisioning;

namespace Portal.Web.Api.Account;

internal static class AccountEndpoints
{
    public static void MapAccount(this RouteGroupBuilder api)
    {
        api.MapGet("/me", GetMe);
        api.MapGet("/me/export", ExportAsync);
        api.MapGet("/domains", ListDomainsAsync);
    }

    private static IResult GetMe(ClaimsPrincipal user)
    {
        var actor = user.GetActor();
        return TypedResults.Ok(new { id = actor.UserId, email = user.FindFirstValue(PortalPrincipal.EmailClaim), role = actor.Role!.Value.ToString().ToLowerInvariant() });
    }

    /// <summary>All that is held about the account, as one JSON file; mail itself is fetched vaultbox by vaultbox.</summary>
    private static async Task<IResult> ExportAsync(ClaimsPrincipal user, HttpContext http, ExportData exportData, CancellationToken cancellationToken)
    {
        var exported = await exportData.HandleAsync(user.GetActor(), cancellationToken);
        if (!exported.Succeeded)
            return Problems.Of(exported.Failure);
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"vaultbox-{exported.Value.ExportedAt:yyyy-MM-dd}.json\"";
        return TypedResults.Json(exported.Value, ExportData.Format);
    }

    private static async Task<IResult> ListDomainsAsync(
        ClaimsPrincipal user, ListDomains listDomains, string? after, CancellationToken cancellationToken, int limit = 50)
    {
        var result = await listDomains.HandleAsync(user.GetActor(), new ListDomainsRequest(limit, after), cancellationToken);
        if (!result.Succeeded)
            return Problems.Of(result.Failure);
        var items = result.Value.Items.Select(d => new
        {
            d.Id,
            d.Domain,
            verificationStatus = d.VerificationStatus.ToString().ToLowerInvariant(),
            d.Shared,
            d.Owned,
            d.CreatedAt,
        });
        return TypedResults.Ok(new { items, result.Value.Next });
    }
}
