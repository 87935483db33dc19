using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Portal.Vault.ProcessingLog;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Log;

public sealed partial class TracePanel
{
    private readonly GetTrace traces;
    private readonly SignedIn signedIn;
    private readonly NavigationManager navigation;
    private MessageTrace? trace;
    private bool isLoaded;
    private bool isRaw;
    private ElementReference title;

    public TracePanel(GetTrace traces, SignedIn signedIn, NavigationManager navigation)
    {
        this.traces = traces;
        this.signedIn = signedIn;
        this.navigation = navigation;
    }

    [Parameter, EditorRequired]
    public required Guid PassportId { get; set; }

    /// <summary>The list without the trace.</summary>
    [Parameter, EditorRequired]
    public required string CloseHref { get; set; }

    /// <summary>The log of one vaultbox; null: there is none to go to.</summary>
    [Parameter]
    public Func<Guid, string>? VaultboxHref { get; set; }

    protected override async Task OnInitializedAsync()
    {
        trace = (await traces.HandleAsync(new GetTraceRequest(await signedIn.VaultActorAsync(), PassportId), Leaving)).Value;
        isLoaded = true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await title.FocusAsync();
        }
    }

    private void CloseOnEscape(KeyboardEventArgs key)
    {
        if (key.Key == "Escape")
        {
            navigation.NavigateTo(CloseHref);
        }
    }
}
