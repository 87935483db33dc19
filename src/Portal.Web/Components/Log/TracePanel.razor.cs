using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Portal.Vault.ProcessingLog;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Log;

public sealed partial class TracePanel
{
    private readonly GetPassport passports;
    private readonly SignedIn signedIn;
    private readonly NavigationManager navigation;
    private IReadOnlyList<LogEntryView>? events;
    private ElementReference title;

    public TracePanel(GetPassport passports, SignedIn signedIn, NavigationManager navigation)
    {
        this.passports = passports;
        this.signedIn = signedIn;
        this.navigation = navigation;
    }

    [Parameter, EditorRequired]
    public required Guid PassportId { get; set; }

    /// <summary>The list without the trace.</summary>
    [Parameter, EditorRequired]
    public required string CloseHref { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var request = new GetPassportRequest(await signedIn.VaultActorAsync(), PassportId);
        events = (await passports.HandleAsync(request, Leaving)).Value ?? [];
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
