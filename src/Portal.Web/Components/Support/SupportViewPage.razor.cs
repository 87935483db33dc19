using Microsoft.AspNetCore.Components;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Support;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Support;

/// <summary>One view of the supporter's own: waits for the answer, opens it, and says afterwards what it was.</summary>
public sealed partial class SupportViewPage
{
    private SupportViewRecord? view;
    private bool isMissing;
    private IDisposable? watch;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private GetView Get { get; set; } = null!;

    [Inject]
    private AccountWatch Accounts { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool IsOpen => view!.State is SupportState.Asked or SupportState.Agreed or SupportState.Running;

    private string Title => view!.State switch
    {
        SupportState.Asked => $"Waiting for {view.OwnerEmail}",
        SupportState.Agreed or SupportState.Running => $"View of {view.OwnerEmail}",
        SupportState.Refused => $"{view.OwnerEmail} said no",
        _ => $"View of {view.OwnerEmail}, ended",
    };

    protected override async Task OnInitializedAsync()
    {
        var actor = await SignedIn.ActorAsync();
        if (RendererInfo.IsInteractive)
            watch = Accounts.Watch(actor, () => _ = InvokeAsync(LoadAgainAsync));
        view = (await Get.HandleAsync(actor, Id, Leaving)).Value;
        if (view is null)
        {
            isMissing = true;
            Navigation.NotFound();
        }
    }

    protected override void Dispose(bool disposing)
    {
        watch?.Dispose();
        base.Dispose(disposing);
    }

    private async Task LoadAgainAsync()
    {
        try
        {
            view = (await Get.HandleAsync(await SignedIn.ActorAsync(), Id, Leaving)).Value ?? view;
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
