using System.Security.Claims;
using Portal.Vault;
using Portal.Vault.Credentials;
using Portal.Web.Provisioning;

namespace Portal.Web.Api.Credentials;

/// <summary>The devices of a vaultbox: each one name and one password for SMTP, IMAP or both.</summary>
internal static class DeviceEndpoints
{
    private const string All = "/vaultboxes/{id:guid}/devices";

    private const string One = $"{All}/{{deviceId:guid}}";

    public static void MapDevices(this RouteGroupBuilder api)
    {
        api.MapGet(All, ListAsync);
        api.MapPost(All, CreateAsync);
        api.MapGet(One, GetAsync);
        api.MapPatch(One, UpdateAsync);
        api.MapDelete(One, RevokeAsync);
        api.MapPost($"{One}/rotate", RotateAsync);
        api.MapPost($"{One}/undo-rotation", UndoAsync);
    }

    /// <summary>The new password, which no other answer tells, and what becomes of the one before.</summary>
    public static IResult Rotated(VaultResult<RotatedDevice> result) => result.Succeeded
        ? TypedResults.Ok(new
        {
            result.Value.Device.Id,
            result.Value.Device.Username,
            password = result.Value.Password.Text,
            result.Value.PreviousValidUntil,
            result.Value.ClientsOnPrevious,
        })
        : Problems.Of(result.Problem);

    private static async Task<IResult> ListAsync(
        Guid id, ClaimsPrincipal user, ListDevices listDevices, string? after, CancellationToken cancellationToken, bool includeRevoked = false, int limit = 50) =>
        Problems.Ok(await listDevices.HandleAsync(new ListDevicesRequest(user.InVault(), id, null, includeRevoked, limit, after), cancellationToken));

    private static async Task<IResult> CreateAsync(
        Guid id, CreateDeviceBody body, ClaimsPrincipal user, CreateDevice createDevice, CancellationToken cancellationToken)
    {
        var result = await createDevice.HandleAsync(
            new CreateDeviceRequest(user.InVault(), id, body.Label, body.Protocols, body.AllowedNetworks, body.ExpiresAt), cancellationToken);
        return result.Succeeded
            ? TypedResults.Created(
                $"{ApiRoutes.Root}/vaultboxes/{id}/devices/{result.Value.Device.Id}",
                new DeviceJson(result.Value.Device) { Password = result.Value.Password.Text })
            : Problems.Of(result.Problem);
    }

    private static async Task<IResult> GetAsync(Guid id, Guid deviceId, ClaimsPrincipal user, GetDevice getDevice, CancellationToken cancellationToken)
    {
        var result = await getDevice.HandleAsync(new GetDeviceRequest(user.InVault(), id, deviceId), cancellationToken);
        return result.Succeeded ? TypedResults.Ok(new DeviceJson(result.Value.Device) { Uses = result.Value.Uses }) : Problems.Of(result.Problem);
    }

    private static async Task<IResult> UpdateAsync(
        Guid id, Guid deviceId, UpdateDeviceBody body, ClaimsPrincipal user, UpdateDevice updateDevice, CancellationToken cancellationToken) =>
        Problems.Ok(await updateDevice.HandleAsync(
            new UpdateDeviceRequest(user.InVault(), id, deviceId, body.Label, body.NetworksChange, body.ExpiryChange), cancellationToken));

    private static async Task<IResult> RevokeAsync(
        Guid id, Guid deviceId, ClaimsPrincipal user, RevokeDevice revokeDevice, CancellationToken cancellationToken)
    {
        var result = await revokeDevice.HandleAsync(new RevokeDeviceRequest(user.InVault(), id, deviceId), cancellationToken);
        return result.Succeeded ? TypedResults.NoContent() : Problems.Of(result.Problem);
    }

    private static async Task<IResult> RotateAsync(
        Guid id, Guid deviceId, RotateBody? body, ClaimsPrincipal user, RotateDevice rotateDevice, CancellationToken cancellationToken) =>
        Rotated(await rotateDevice.HandleAsync(new RotateDeviceRequest(user.InVault(), id, deviceId, body?.OverlapMinutes), cancellationToken));

    private static async Task<IResult> UndoAsync(
        Guid id, Guid deviceId, ClaimsPrincipal user, UndoRotation undoRotation, CancellationToken cancellationToken) =>
        Problems.Ok(await undoRotation.HandleAsync(new UndoRotationRequest(user.InVault(), id, deviceId), cancellationToken));
}
