using System.Security.Claims;
using Portal.Vault.Notices;
using Portal.Web.Provisioning;

namespace Portal.Web.Api.Notices;

/// <param name="Ids">At most 500; left out: all.</param>
internal sealed record MarkNoticesReadBody(IReadOnlyList<Guid>? Ids);

/// <summary>What the account's owner was told.</summary>
internal static class NoticeEndpoints
{
    public static void MapNotices(this RouteGroupBuilder api)
    {
        api.MapGet("/notices", ListAsync);
        api.MapPost("/notices/read", MarkAsync);
    }

    private static async Task<IResult> ListAsync(
        ClaimsPrincipal user, ListNotices list, string? after, CancellationToken cancellationToken, int limit = 50) =>
        Problems.Ok(await list.HandleAsync(new ListNoticesRequest(user.InVault(), limit, after), cancellationToken));

    private static async Task<IResult> MarkAsync(
        MarkNoticesReadBody body, ClaimsPrincipal user, MarkNoticesRead mark, CancellationToken cancellationToken) =>
        Problems.Ok(await mark.HandleAsync(new MarkNoticesReadRequest(user.InVault(), body.Ids), cancellationToken));
}
