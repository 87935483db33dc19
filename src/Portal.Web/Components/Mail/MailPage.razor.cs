using Microsoft.AspNetCore.Components;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Mail;

public sealed partial class MailPage
{
    private readonly ListVaultboxes list;
    private readonly GetVaultbox get;
    private readonly SignedIn signedIn;
    private readonly NavigationManager navigation;
    private VaultboxView? current;

    public MailPage(ListVaultboxes list, GetVaultbox get, SignedIn signedIn, NavigationManager navigation)
    {
        this.list = list;
        this.get = get;
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
        var actor = await signedIn.VaultActorAsync();
        current = VaultboxId is { } id
            ? (await get.HandleAsync(new GetVaultboxRequest(actor, id), Leaving)).Value
            : ((await list.HandleAsync(new ListVaultboxesRequest(actor, Limit: 200, IsWorstFirst: true), Leaving)).Value?.Items ?? [])
                .OrderBy(v => v.NeedsKey).ThenByDescending(v => v.LastMailAt ?? v.CreatedAt).FirstOrDefault();
        if (current is null && VaultboxId is not null)
        {
            navigation.NotFound();
        }
    }
}
