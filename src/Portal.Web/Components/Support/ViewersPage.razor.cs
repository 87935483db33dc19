using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Support;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Support;

/// <summary>The owner's record of who saw the account; it grows while somebody looks.</summary>
public sealed partial class ViewersPage
{
    private ListedViews? page;
    private IDisposable? watch;

    /// <summary>Only views asked for before this instant (ISO 8601); what is none does not count.</summary>
    [SupplyParameterFromQuery(Name = "before")]
    public string? Before { get; set; }

    [Inject]
    private ListViews List { get; set; } = null!;

    [Inject]
    private AccountWatch Accounts { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    private DateTimeOffset? BeforeInstant =>
        DateTimeOffset.TryParse(Before, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive)
            watch = Accounts.Watch(await SignedIn.ActorAsync(), () => _ = InvokeAsync(LoadAgainAsync));
    }

    protected override async Task OnParametersSetAsync() => await LoadAsync();

    protected override void Dispose(bool disposing)
    {
        watch?.Dispose();
        base.Dispose(disposing);
    }

    private async Task LoadAsync() =>
        page = (await List.HandleAsync(await SignedIn.ActorAsync(), new ListViewsRequest(Before: BeforeInstant), Leaving)).Value ?? new ListedViews([], null);

    private async Task LoadAgainAsync()
    {
        try
        {
            await LoadAsync();
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
    }
}
