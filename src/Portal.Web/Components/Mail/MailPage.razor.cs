using Microsoft.AspNetCore.Components;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Mail;

public sealed partial class MailPage
{
    private readonly ListVaultboxes list;
    private readonly SignedIn signedIn;
    private readonly NavigationManager navigation;
    private VaultboxView? current;

    public MailPage(ListVaultboxes list, SignedIn signedIn, NavigationManager navigation)
    {
        this.list = list;
        this.signedIn = signedIn;
        this.navigation = navigation;
    }

    [Parameter]
    public Guid? VaultboxId { get; set; }

    /// <summary>The element reads it from the address itself, and changes the address without a load.</summary>
    [Parameter]
    public Guid? MessageId { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var answer = await list.HandleAsync(new ListVaultboxesRequest(await signedIn.VaultActorAsync(), Limit: 200), Leaving);
        var vaultboxes = answer.Value?.Items ?? [];
        current = VaultboxId is { } id
            ? vaultboxes.FirstOrDefault(v => v.Id == id)
            : vaultboxes.OrderBy(v => v.NeedsKey).ThenByDescending(v => v.LastMailAt ?? v.CreatedAt).FirstOrDefault();
        if (current is null && VaultboxId is not null)
        {
            navigation.NotFound();
        }
    }
}
