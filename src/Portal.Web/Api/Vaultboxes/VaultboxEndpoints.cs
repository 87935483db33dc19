using System.Security.Claims;
using Portal.Vault;
using Portal.Vault.Vaultboxes;
using Portal.Web.Identity;
using Portal.Web.MailHosting;
using Portal.Web.Provisioning;

namespace Portal.Web.Api.Vaultboxes;

internal sealed record CreateVaultboxBody(string? Domain, string? Name, string? Alias);

/// <param name="Code">Null when available.</param>
internal sealed record Availability(bool Available, string? Address, string? Code, string? Detail);

internal static class VaultboxEndpoints
{
    public static void MapVaultboxes(this RouteGroupBuilder api)
    {
        api.MapGet("/vaultboxes", ListAsync);
        api.MapPost("/vaultboxes", CreateAsync);
        api.MapGet("/vaultboxes/availability", CheckAsync);
        api.MapGet("/vaultboxes/{id:guid}", GetAsync);
        api.MapPost("/vaultboxes/{id:guid}/test-mail", SendTestMailAsync);
    }

    private static async Task<IResult> ListAsync(
        ClaimsPrincipal user, ListVaultboxes listVaultboxes, string? search, string? after, CancellationToken cancellationToken, int limit = 50) =>
        Problems.Ok(await listVaultboxes.HandleAsync(new ListVaultboxesRequest(user.InVault(), search, limit, after), cancellationToken));

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

    private static async Task<IResult> SendTestMailAsync(Guid id, ClaimsPrincipal user, SendTestMail sendTestMail, CancellationToken cancellationToken)
    {
        var result = await sendTestMail.HandleAsync(new SendTestMailRequest(user.InVault(), id), cancellationToken);
        return result.Succeeded ? TypedResults.Accepted((string?)null, result.Value) : Problems.Of(result.Problem);
    }
}
