using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Testing;
using Portal.Vault;
using Portal.Vault.Credentials;

namespace Portal.Web.Tests.Components.Credentials;

/// <summary>Devices made by their use case, and sign-ins noted as the authenticator notes them.</summary>
public abstract class CredentialComponentTest(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    protected VaultActor Actor => VaultActor.Session(UserId, isAdmin: false, freshUntil: DateTimeOffset.MaxValue);

    protected async Task<DevicePassword> MakeDeviceAsync(Guid vaultboxId, string label = "Home devices", string[]? networks = null, DateTimeOffset? expiresAt = null)
    {
        var made = await Services.GetRequiredService<CreateDevice>()
            .HandleAsync(new CreateDeviceRequest(Actor, vaultboxId, label, [DeviceProtocols.Smtp], networks, expiresAt), Cancel);
        return made.Value ?? throw new InvalidOperationException(made.Problem!.Detail);
    }

    protected async Task RotateAsync(DeviceView device, int overlapMinutes = 1440)
    {
        var rotated = await Services.GetRequiredService<RotateDevice>()
            .HandleAsync(new RotateDeviceRequest(Actor, device.VaultboxId!.Value, device.Id, overlapMinutes), Cancel);
        Assert.True(rotated.Succeeded);
    }

    /// <summary>A sign-in with the password that is the present one now.</summary>
    protected Task NoteUseAsync(Guid deviceId, string client, string ip = "192.0.2.44") => Vault.ExecuteAsync(
        $"""
         SELECT note_device_uses(jsonb_build_array(jsonb_build_object(
             'device', id, 'password', password_id, 'protocol', 'smtp', 'client', '{client}', 'ip', '{ip}', 'at', '{Time.GetUtcNow():O}', 'uses', 1)))
         FROM devices WHERE id = '{deviceId}'
         """);

    /// <summary>As eleven minutes would.</summary>
    protected void MakeStale() => Time.Advance(TimeSpan.FromMinutes(11));

    protected static AngleSharp.Dom.IElement Button(IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> page, string text) =>
        page.FindAll("button").Single(button => string.Equals(button.TextContent.Trim(), text, StringComparison.Ordinal));
}
