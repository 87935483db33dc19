using System.Security.Claims;
using Portal.Vault;
using Portal.Vault.Aliases;
using Portal.Web.Identity;
using Portal.Web.Provisioning;

namespace Portal.Web.Api.Aliases;

/// <summary>The addresses of a vaultbox.</summary>
internal static class AliasEndpoints
{
    private const string All = "/vaultboxes/{id:guid}/aliases";

    public static void MapAliases(this RouteGroupBuilder api)
    {
        api.MapGet(All, ListAsync);
        api.MapPost(All, AddAsync);
        api.MapPost($"{All}/many", AddManyAsync);
        api.MapPost($"{All}/random", AddRandomAsync);
        api.MapPost($"{All}/catch-all", AddCatchAllAsync);
        api.MapPost($"{All}/change", ChangeAsync);
        api.MapPatch($"{All}/{{aliasId:guid}}", UpdateAsync);
    }

    private static async Task<IResult> ListAsync(
        Guid id, ClaimsPrincipal user, ListAliases listAliases, string? search, string? state, string? after, CancellationToken cancellationToken, int limit = 50) =>
        Problems.Ok(await listAliases.HandleAsync(new ListAliasesRequest(user.InVault(), id, search, state, limit, after), cancellationToken));

    private static async Task<IResult> AddAsync(
        Guid id, AddAliasBody body, ClaimsPrincipal user, ProvisionAlias provision, CancellationToken cancellationToken) =>
        Created(id, await provision.HandleAsync(
            new ProvisionAliasRequest(user.GetActor(), id, body.Domain, body.LocalPart, TermsOf(body)), cancellationToken));

    /// <summary>200: what was asked for may have been made in part, and the answer tells which.</summary>
    private static async Task<IResult> AddManyAsync(
        Guid id, AddAliasesBody body, ClaimsPrincipal user, ProvisionAlias provision, CancellationToken cancellationToken) =>
        Problems.Ok(await provision.HandleAsync(
            new ProvisionAliasesRequest(user.GetActor(), id, body.Domain, body.Lines, TermsOf(body)), cancellationToken));

    private static async Task<IResult> AddRandomAsync(
        Guid id, AddRandomAliasBody body, ClaimsPrincipal user, ProvisionAlias provision, CancellationToken cancellationToken) =>
        Created(id, await provision.HandleAsync(
            new ProvisionRandomAliasRequest(user.GetActor(), id, body.Domain, body.Style, TermsOf(body)), cancellationToken));

    private static async Task<IResult> AddCatchAllAsync(
        Guid id, AddCatchAllBody body, ClaimsPrincipal user, ProvisionAlias provision, CancellationToken cancellationToken) =>
        Created(id, await provision.HandleAsync(new ProvisionCatchAllRequest(user.GetActor(), id, body.Domain, TermsOf(body)), cancellationToken));

    private static async Task<IResult> ChangeAsync(
        Guid id, ChangeAliasesBody body, ClaimsPrincipal user, ChangeAliases changeAliases, CancellationToken cancellationToken) =>
        Problems.Ok(await changeAliases.HandleAsync(new ChangeAliasesRequest(user.InVault(), id, body.Action, body.Ids), cancellationToken));

    private static async Task<IResult> UpdateAsync(
        Guid id, Guid aliasId, UpdateAliasBody body, ClaimsPrincipal user, UpdateAlias updateAlias, CancellationToken cancellationToken) =>
        Problems.Ok(await updateAlias.HandleAsync(
            new UpdateAliasRequest(
                user.InVault(), id, aliasId, body.LabelChange, body.NoteChange, body.ExpiresAtChange, body.MaxMessagesChange, body.MaxIdleDaysChange),
            cancellationToken));

    private static AliasTerms TermsOf(IAliasTermsBody body) => body.Terms;

    private static IResult Created(Guid vaultboxId, VaultResult<AliasView> result) => result.Succeeded
        ? TypedResults.Created($"{ApiRoutes.Root}/vaultboxes/{vaultboxId}/aliases/{result.Value.Id}", result.Value)
        : Problems.Of(result.Problem);
}
