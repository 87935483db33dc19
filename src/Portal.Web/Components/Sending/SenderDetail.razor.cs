using Microsoft.AspNetCore.Components;
using Portal.Platform.MotorBlocks;
using Portal.Web.Components.Credentials;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Sending;

/// <summary>One motor block: how much it sends, and who signs in with it. Someone else's is not found.</summary>
public sealed partial class SenderDetail
{
    private MotorBlockView? block;
    private CredentialInUse? inUse;
    private MotorBlockUsage? usage;
    private OpenDialog? open;
    private string? notice;
    private bool missing;
    private DateTimeOffset now;

    [Parameter, EditorRequired]
    public required Guid Id { get; set; }

    [Inject]
    private GetMotorBlock Get { get; set; } = null!;

    [Inject]
    private GetMotorBlockUsage GetUsage { get; set; } = null!;

    [Inject]
    private SenderCredentials Senders { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    protected override Task OnInitializedAsync() => LoadAsync();

    private Task ChangedAsync(string? what)
    {
        notice = what;
        return LoadAsync();
    }

    private Task ResumeAsync() => ActAsync(() => Senders.PauseAsync(Id, paused: false, Leaving), resumed => ChangedAsync($"“{resumed.Label}” sends again."));

    private async Task LoadAsync()
    {
        var actor = await SignedIn.ActorAsync();
        var found = await Get.HandleAsync(actor, Id, Leaving);
        var counted = await GetUsage.HandleAsync(actor, Id, Leaving);
        if (!found.Succeeded || !counted.Succeeded)
        {
            missing = true;
            Navigation.NotFound();
            return;
        }

        now = Time.GetUtcNow();
        (block, usage, inUse) = (found.Value.Block, counted.Value, SenderCredentials.InUse(found.Value));
    }
}
