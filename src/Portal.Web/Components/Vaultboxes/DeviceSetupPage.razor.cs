using Microsoft.AspNetCore.Components;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Vaultboxes;

/// <summary>The wizard's third step, which can be skipped: a credential for a program that sends, and the mail key as a file.</summary>
public sealed partial class DeviceSetupPage
{
    private const string Program = "program";

    private readonly GetVaultbox vaultboxes;
    private readonly SignedIn signedIn;
    private readonly NavigationManager navigation;
    private VaultboxView? vaultbox;
    private bool leaves;
    private int count;

    public DeviceSetupPage(GetVaultbox vaultboxes, SignedIn signedIn, NavigationManager navigation)
    {
        this.vaultboxes = vaultboxes;
        this.signedIn = signedIn;
        this.navigation = navigation;
    }

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>program, or nothing: the choice stands in the address, so that it can be left and come back to.</summary>
    [SupplyParameterFromQuery]
    public string? With { get; set; }

    private bool WithProgram => string.Equals(With, Program, StringComparison.Ordinal);

    protected override async Task OnInitializedAsync()
    {
        var answer = await vaultboxes.HandleAsync(new GetVaultboxRequest(await signedIn.VaultActorAsync(), Id), Leaving);
        if (!answer.Succeeded)
        {
            leaves = true;
            navigation.NotFound();
        }
        else if (answer.Value.NeedsKey)
        {
            // Nothing can be used that has no keys; and that page is static, so a full load.
            leaves = true;
            navigation.NavigateTo($"/vaultboxes/{Id}/keys-setup", forceLoad: true);
        }
        else
        {
            vaultbox = answer.Value;
        }
    }
}
