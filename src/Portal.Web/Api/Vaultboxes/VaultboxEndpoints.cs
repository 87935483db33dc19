using System.Security.Claims;
using Portal.Vault;
using Portal.Vault.Vaultboxes;
using Portal.Web.Identity;
using Portal.Web.MailHosting;
using Portal.Web.Provisioning;

namespace Portal.Web.Api.Vaultboxes;

internal static class VaultboxEndpoints
{
    public static void MapVaultboxes(this RouteGroupBuilder api)
    {
        api.MapGet("/vaultboxes", ListAsync);
        api.MapPost("/vaultboxes", CreateAsync);
        api.MapGet("/vaultboxes/availability", CheckAsync);
        api.MapGet("/vaultboxes/counts", CountAsync);
        api.MapGet("/vaultboxes/{id:guid}", GetAsync);
        api.MapPatch("/vaultboxes/{id:guid}", UpdateAsync);
        api.MapDelete("/vaultboxes/{id:guid}", DeleteAsync);
        api.MapGet("/vaultboxes/{id:guid}/contents", GetContentsAsync);
        api.MapPost("/vaultboxes/{id:guid}/restore", RestoreAsync);
        api.MapPost("/vaultboxes/{id:guid}/test-mail", SendTestMailAsync);
    }

    /// <summary>Oldest first where nothing else is asked for, so that paging meets each one once whatever arrives meanwhile.</summary>
    private static async Task<IResult> ListAsync(
        ClaimsPrincipal user, ListVaultboxes listVaultboxes, string? search, string? state, string? after, CancellationToken cancellationToken, int limit = 50,
        bool worstFirst = false) =>
        Problems.Ok(await listVaultboxes.HandleAsync(new ListVaultboxesRequest(user.InVault(), search, limit, after, state, worstFirst), cancellationToken));

    private static async Task<IResult> CountAsync(ClaimsPrincipal user, CountVaultboxes countVaultboxes, string? search, CancellationToken cancellationToken) =>
        Problems.Ok(await countVaultboxes.HandleAsync(new CountVaultboxesRequest(user.InVault(), search), cancellationToken));

    private static async Task<IResult> CreateAsync(
        CreateVaultboxBody body, ClaimsPrincipal user, ProvisionVaultbox provision, CancellationToken cancellationToken)
    {
        var result = await provision.HandleAsync(new ProvisionVaultboxRequest(user.GetActor(), body.Domain, body.Name, body.Alias), cancellationToken);
        return result.Succeeded
            ? TypedResults.Created($"{ApiRoutes.Root}/vaultboxes/{result.Value.Id}", result.Value)
            : Problems.Of(result.Problem);
    }

    private static async Task<IResult> CheckAsync(
        ClaimsPrincipal user, CheckAddress checkAddress, string? domain, string? alias, CancellationToken cancellationToken)
    {
        var result = await checkAddress.HandleAsync(new CheckAddressRequest(user.GetActor(), domain, alias), cancellationToken);
        if (result.Succeeded)
            return TypedResults.Ok(new Availability(true, result.Value, null, null));
        return result.Problem.Kind == VaultProblemKind.Forbidden
            ? Problems.Of(result.Problem)
            : TypedResults.Ok(new Availability(false, null, result.Problem.Code, result.Problem.Detail));
    }

    private static async Task<IResult> GetAsync(Guid id, ClaimsPrincipal user, GetVaultbox getVaultbox, CancellationToken cancellationToken) =>
        Problems.Ok(await getVaultbox.HandleAsync(new GetVaultboxRequest(user.InVault(), id), cancellationToken));

    private static async Task<IResult> UpdateAsync(
        Guid id, UpdateVaultboxBody body, ClaimsPrincipal user, UpdateVaultbox updateVaultbox, CancellationToken cancellationToken) =>
        Problems.Ok(await updateVaultbox.HandleAsync(
            new UpdateVaultboxRequest(
                user.InVault(), id, body.NameChange, body.StatusChange, body.HeaderPolicyChange, body.CipherChange, body.MetadataPolicyChange, body.LimitsChange, body.EncryptedMailChange),
            cancellationToken));

    /// <summary>200: the answer tells what is destroyed, and until when it can be restored.</summary>
    private static async Task<IResult> DeleteAsync(Guid id, ClaimsPrincipal user, DeleteVaultbox deleteVaultbox, CancellationToken cancellationToken) =>
        Problems.Ok(await deleteVaultbox.HandleAsync(new DeleteVaultboxRequest(user.InVault(), id), cancellationToken));

    private static async Task<IResult> GetContentsAsync(
        Guid id, ClaimsPrincipal user, GetVaultboxContents getContents, CancellationToken cancellationToken) =>
        Problems.Ok(await getContents.HandleAsync(new GetVaultboxContentsRequest(user.InVault(), id), cancellationToken));

    private static async Task<IResult> RestoreAsync(Guid id, ClaimsPrincipal user, RestoreVaultbox restoreVaultbox, CancellationToken cancellationToken) =>
        Problems.Ok(await restoreVaultbox.HandleAsync(new RestoreVaultboxRequest(user.InVault(), id), cancellationToken));

    private static async Task<IResult> SendTestMailAsync(Guid id, ClaimsPrincipal user, SendTestMail sendTestMail, CancellationToken cancellationToken)
    {
        var result = await sendTestMail.HandleAsync(new SendTestMailRequest(user.InVault(), id), cancellationToken);
        return result.Succeeded ? TypedResults.Accepted((string?)null, result.Value) : Problems.Of(result.Problem);
    }
}
