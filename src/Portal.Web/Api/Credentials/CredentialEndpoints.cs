using System.Security.Claims;
using Portal.Vault.Credentials;
using Portal.Web.Provisioning;

namespace Portal.Web.Api.Credentials;

internal sealed record CreateCredentialBody(string? Label, IReadOnlyList<string>? AllowedNetworks, DateTimeOffset? ExpiresAt);

/// <summary>
/// The same devices, seen by protocol: a credential is a device that has it, and its id is the device's. What has both stands in both
/// lists, with one password.
/// </summary>
internal static class CredentialEndpoints
{
    public static void MapCredentials(this RouteGroupBuilder api)
    {
        Map(api, "/vaultboxes/{id:guid}/smtp-credentials", DeviceProtocols.Smtp);
        Map(api, "/vaultboxes/{id:guid}/imap-credentials", DeviceProtocols.Imap);
    }

    private static void Map(RouteGroupBuilder api, string all, string protocol)
    {
        api.MapGet(all, (Guid id, ClaimsPrincipal user, ListDevices listDevices, string? after, CancellationToken cancellationToken, int limit = 50) =>
            ListAsync(new ListDevicesRequest(user.InVault(), id, protocol, false, limit, after), listDevices, cancellationToken));
        api.MapPost(all, (Guid id, CreateCredentialBody body, ClaimsPrincipal user, CreateDevice createDevice, CancellationToken cancellationToken) =>
            CreateAsync(
                new CreateDeviceRequest(user.InVault(), id, body.Label, [protocol], body.AllowedNetworks, body.ExpiresAt),
                protocol, createDevice, cancellationToken));
        api.MapPost($"{all}/{{credentialId:guid}}/rotate", async (
            Guid id, Guid credentialId, RotateBody? body, ClaimsPrincipal user, RotateDevice rotateDevice, CancellationToken cancellationToken) =>
            DeviceEndpoints.Rotated(await rotateDevice.HandleAsync(
                new RotateDeviceRequest(user.InVault(), id, credentialId, body?.OverlapMinutes, protocol), cancellationToken)));
        api.MapDelete($"{all}/{{credentialId:guid}}", (
            Guid id, Guid credentialId, ClaimsPrincipal user, RemoveProtocol removeProtocol, CancellationToken cancellationToken) =>
            RemoveAsync(new RemoveProtocolRequest(user.InVault(), id, credentialId, protocol), removeProtocol, cancellationToken));
    }

    private static async Task<IResult> ListAsync(ListDevicesRequest request, ListDevices listDevices, CancellationToken cancellationToken)
    {
        var result = await listDevices.HandleAsync(request, cancellationToken);
        return result.Succeeded
            ? TypedResults.Ok(new { items = result.Value.Items.Select(d => new CredentialJson(d, request.Protocol!)), result.Value.Next })
            : Problems.Of(result.Problem);
    }

    private static async Task<IResult> CreateAsync(
        CreateDeviceRequest request, string protocol, CreateDevice createDevice, CancellationToken cancellationToken)
    {
        var result = await createDevice.HandleAsync(request, cancellationToken);
        return result.Succeeded
            ? TypedResults.Created(
                $"{ApiRoutes.Root}/vaultboxes/{request.VaultboxId}/devices/{result.Value.Device.Id}",
                new CredentialJson(result.Value.Device, protocol) { Password = result.Value.Password.Text })
            : Problems.Of(result.Problem);
    }

    private static async Task<IResult> RemoveAsync(RemoveProtocolRequest request, RemoveProtocol removeProtocol, CancellationToken cancellationToken)
    {
        var result = await removeProtocol.HandleAsync(request, cancellationToken);
        return result.Succeeded ? TypedResults.NoContent() : Problems.Of(result.Problem);
    }
}
