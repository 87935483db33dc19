using Microsoft.AspNetCore.Components;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Vaultboxes;

/// <summary>Head and tabs of one vaultbox; someone else's is not found.</summary>
public sealed partial class VaultboxFrame
{
    private readonly GetVaultbox vaultboxes;
    private readonly SignedIn signedIn;
    private readonly NavigationManager navigation;
    private VaultboxView? vaultbox;
    private bool missing;

    public VaultboxFrame(GetVaultbox vaultboxes, SignedIn signedIn, NavigationManager navigation)
    {
        this.vaultboxes = vaultboxes;
        this.signedIn = signedIn;
        this.navigation = navigation;
    }

    [Parameter, EditorRequired]
    public required Guid Id { get; set; }

    /// <summary>Name of the tab shown.</summary>
    [Parameter, EditorRequired]
    public required string Here { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment<VaultboxView> ChildContent { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var answer = await vaultboxes.HandleAsync(new GetVaultboxRequest(await signedIn.VaultActorAsync(), Id), Leaving);
        vaultbox = answer.Value;
        if (vaultbox is null)
        {
            missing = true;
            navigation.NotFound();
        }
    }
}
