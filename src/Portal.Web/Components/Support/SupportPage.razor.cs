using Microsoft.AspNetCore.Components;
using Portal.Platform.Support;
using Portal.Web.Components.Shared;
using Portal.Web.Provisioning;
using Portal.Web.Support;

namespace Portal.Web.Components.Support;

/// <summary>Where support finds an account and asks to see it. What is typed stands in no address: it names people.</summary>
public sealed partial class SupportPage
{
    private IReadOnlyList<SupportViewRecord>? asked;
    private FoundAccount? found;
    private bool isMissing;
    private bool mayBreak;
    private bool isGlass;
    private string text = "";
    private string reason = "";
    private string ticket = "";
    private int minutes = 15;

    [Inject]
    private FindSupported Find { get; set; } = null!;

    [Inject]
    private OpenSupportView Open { get; set; } = null!;

    [Inject]
    private ListAskedViews List { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        var actor = await SignedIn.ActorAsync();
        var listed = await List.HandleAsync(actor, Leaving);
        if (!listed.Succeeded)
        {
            isMissing = true;
            Navigation.NotFound();
            return;
        }

        (asked, mayBreak) = (listed.Value, actor.MayAdminister);
    }

    private async Task FindAsync()
    {
        (found, isGlass) = (null, false);
        await ActAsync(async () => await Find.HandleAsync(await SignedIn.ActorAsync(), text, Leaving), account =>
        {
            found = account;
            return Task.CompletedTask;
        });
    }

    private Task AskAsync()
    {
        var request = new AskForViewRequest(found!.Id, reason, ticket, minutes);
        return ActAsync(
            async () => await Open.HandleAsync(await SignedIn.ActorAsync(), request, !isGlass, Leaving),
            view =>
            {
                Navigation.NavigateTo(SupportEndpoints.PageOf(view.GrantId));
                return Task.CompletedTask;
            });
    }
}
