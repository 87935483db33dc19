using Microsoft.AspNetCore.Components;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Vaultboxes;

public sealed partial class ReadyPage
{
    private readonly GetVaultbox vaultboxes;
    private readonly SignedIn signedIn;
    private readonly NavigationManager navigation;
    private VaultboxView? vaultbox;

    public ReadyPage(GetVaultbox vaultboxes, SignedIn signedIn, NavigationManager navigation)
    {
        this.vaultboxes = vaultboxes;
        this.signedIn = signedIn;
        this.navigation = navigation;
    }

    [Parameter]
    public Guid Id { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var answer = await vaultboxes.HandleAsync(new GetVaultboxRequest(await signedIn.VaultActorAsync(), Id), Leaving);
        if (!answer.Succeeded)
        {
            navigation.NotFound();
        }
        else if (answer.Value.NeedsKey)
        {
            navigation.NavigateTo($"/vaultboxes/{Id}/keys-setup");
        }
        else
        {
            vaultbox = answer.Value;
        }
    }
}
