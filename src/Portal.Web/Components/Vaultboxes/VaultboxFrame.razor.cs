using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Portal.Vault.Aliases;
using Portal.Vault.Credentials;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Vaultboxes;

/// <summary>Head and tabs of one vaultbox; someone else's is not found.</summary>
public sealed partial class VaultboxFrame
{
    internal const string Aliases = "Aliases";

    internal const string Devices = "Devices & credentials";

    /// <summary>Where a tab puts its own button.</summary>
    internal const string ActionSection = "vaultbox-action";

    private readonly GetVaultbox vaultboxes;
    private readonly ListDevices listDevices;
    private readonly CountAliases countAliases;
    private readonly SignedIn signedIn;
    private readonly NavigationManager navigation;
    private VaultboxView? vaultbox;
    private bool missing;
    private int? devices;
    private int? aliases;
    private bool isViewed;

    public VaultboxFrame(GetVaultbox vaultboxes, ListDevices listDevices, CountAliases countAliases, SignedIn signedIn, NavigationManager navigation)
    {
        this.vaultboxes = vaultboxes;
        this.listDevices = listDevices;
        this.countAliases = countAliases;
        this.signedIn = signedIn;
        this.navigation = navigation;
    }

    [Parameter, EditorRequired]
    public required Guid Id { get; set; }

    /// <summary>Name of the tab shown.</summary>
    [Parameter, EditorRequired]
    public required string Here { get; set; }

    /// <summary>How many devices there are, where the tab knows better than the frame did when it was opened.</summary>
    [Parameter]
    public int? DeviceCount { get; set; }

    /// <summary>How many addresses there are, where the tab knows better than the frame did when it was opened.</summary>
    [Parameter]
    public int? AliasCount { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment<VaultboxView> ChildContent { get; set; }

    [Inject]
    private VaultboxActs Acts { get; set; } = null!;

    /// <summary>Before what is closed to support.</summary>
    private RenderFragment? Lock => isViewed ? Locked : null;

    /// <summary>It has a name of its own besides its address.</summary>
    private bool IsNamed => !string.Equals(vaultbox!.Name, vaultbox.Address, StringComparison.OrdinalIgnoreCase);

    protected override void OnInitialized() => Acts.Changed += Changed;

    protected override async Task OnInitializedAsync()
    {
        var actor = await signedIn.VaultActorAsync();
        isViewed = actor.IsSupport;
        var answer = await vaultboxes.HandleAsync(new GetVaultboxRequest(actor, Id), Leaving);
        if (!answer.Succeeded)
        {
            missing = true;
            navigation.NotFound();
            return;
        }

        devices = (await listDevices.HandleAsync(new ListDevicesRequest(actor, Id, Limit: 200), Leaving)).Value?.Items.Count;
        aliases = (await countAliases.HandleAsync(new CountAliasesRequest(actor, Id), Leaving)).Value?.Live;
        vaultbox = answer.Value;
    }

    protected override void Dispose(bool disposing)
    {
        Acts.Changed -= Changed;
        base.Dispose(disposing);
    }

    private static void Locked(RenderTreeBuilder builder)
    {
        builder.OpenComponent<Icon>(0);
        builder.AddComponentParameter(1, nameof(Icon.Name), "lock");
        builder.AddComponentParameter(2, nameof(Icon.Small), true);
        builder.CloseComponent();
    }

    /// <summary>Its head says what was changed in a tab, or taken back from a toast.</summary>
    private void Changed(object? sender, EventArgs change) => _ = InvokeAsync(async () =>
    {
        try
        {
            var answer = await vaultboxes.HandleAsync(new GetVaultboxRequest(await signedIn.VaultActorAsync(), Id), Leaving);
            vaultbox = answer.Value ?? vaultbox;
            StateHasChanged();
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // The reader has gone to another page.
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    });
}
