using Microsoft.AspNetCore.Components;
using Portal.Vault.Credentials;
using Portal.Web.Components.Credentials;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Vaultboxes;

/// <summary>The devices of a vaultbox, and the dialogs that make and change them.</summary>
public sealed partial class DeviceList
{
    private ICredentials credentials = null!;
    private IReadOnlyList<CredentialInUse>? rows;
    private OpenDialog? open;
    private string? notice;
    private DateTimeOffset now;

    [Parameter, EditorRequired]
    public required Guid VaultboxId { get; set; }

    /// <summary>How many there are, after each load.</summary>
    [Parameter]
    public EventCallback<int> OnCount { get; set; }

    [Inject]
    private ListDevices List { get; set; } = null!;

    [Inject]
    private DeviceCredentials Devices { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    protected override Task OnInitializedAsync()
    {
        credentials = Devices.Of(VaultboxId);
        return LoadAsync();
    }

    private Task ChangedAsync(string? what)
    {
        notice = what;
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var listed = await List.HandleAsync(new ListDevicesRequest(await SignedIn.VaultActorAsync(), VaultboxId, Limit: 200), Leaving);
        var loaded = new List<CredentialInUse>();
        foreach (var device in listed.Value?.Items ?? [])
        {
            // Only a rotation is told with how far it is.
            var rotating = device.PreviousValidUntil is null ? null : (await credentials.GetAsync(device.Id, Leaving)).Value;
            loaded.Add(rotating ?? new CredentialInUse(DeviceCredentials.Shown(device), []));
        }

        (rows, now) = (loaded, Time.GetUtcNow());
        await OnCount.InvokeAsync(loaded.Count);
    }
}
