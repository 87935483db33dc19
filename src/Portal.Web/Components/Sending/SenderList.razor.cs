using Microsoft.AspNetCore.Components;
using Portal.Platform.Accounts;
using Portal.Platform.Domains;
using Portal.Platform.MotorBlocks;
using Portal.Web.Components.Credentials;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Sending;

/// <summary>The account's motor blocks, and the dialogs that make and change them.</summary>
public sealed partial class SenderList
{
    /// <summary>The page head's button: with no sender at all the invitation has the one button.</summary>
    internal const string ActionSection = "sending-action";

    private IReadOnlyList<SenderRow>? rows;
    private IReadOnlyList<string>? domains;
    private OpenDialog? open;
    private string? notice;
    private DateTimeOffset now;

    [Inject]
    private ListMotorBlocks List { get; set; } = null!;

    [Inject]
    private ListDomains ListDomains { get; set; } = null!;

    [Inject]
    private SenderCredentials Senders { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        var actor = await SignedIn.ActorAsync();
        var listed = await ListDomains.HandleAsync(actor, new ListDomainsRequest(Limit: 200), Leaving);
        // Only who owns a domain sends in its name.
        domains = [.. (listed.Value?.Items ?? []).Where(d => d is { Owned: true, VerificationStatus: VerificationStatus.Verified }).Select(d => d.Domain)];
        await LoadAsync(actor);
    }

    private async Task ChangedAsync(string? what)
    {
        (notice, Failure) = (what, null);
        await LoadAsync(await SignedIn.ActorAsync());
    }

    private Task PauseAsync(ShownCredential sender) => ActAsync(
        () => Senders.PauseAsync(sender.Id, !sender.IsPaused, Leaving),
        paused => ChangedAsync(paused.IsPaused ? $"“{paused.Label}” is paused. Nobody signs in with it until you resume it." : $"“{paused.Label}” sends again."));

    private async Task LoadAsync(Actor actor)
    {
        var listed = await List.HandleAsync(actor, new ListMotorBlocksRequest(Limit: 200), Leaving);
        var loaded = new List<SenderRow>();
        foreach (var block in listed.Value?.Items ?? [])
        {
            // Only a rotation is told with how far it is.
            var rotating = block.PreviousValidUntil is null ? null : (await Senders.GetAsync(block.Id, Leaving)).Value;
            loaded.Add(new SenderRow(block, rotating ?? new CredentialInUse(SenderCredentials.Shown(block), [])));
        }

        (rows, now) = (loaded, Time.GetUtcNow());
    }
}

/// <param name="InUse">Without clients unless a rotation runs.</param>
public sealed record SenderRow(MotorBlockView Block, CredentialInUse InUse);
