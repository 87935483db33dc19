using Microsoft.AspNetCore.Components;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Vaultboxes;

public sealed partial class VaultboxBrowser
{
    internal const int PageSize = 50;

    /// <summary>The page head's button: with no vaultbox at all the invitation has the one button.</summary>
    internal const string ActionSection = "vaultboxes-action";

    private Page<VaultboxView>? page;
    private VaultboxCounts? counts;
    private VaultboxView? held;
    private VaultboxView? open;
    private DateTimeOffset now;
    private (string?, string?, string?)? loaded;

    [Parameter]
    public string? Search { get; set; }

    /// <summary>A <see cref="VaultboxFilter.Key"/>; anything else shows all.</summary>
    [Parameter]
    public string? State { get; set; }

    [Parameter]
    public string? After { get; set; }

    [Inject]
    private ListVaultboxes List { get; set; } = null!;

    [Inject]
    private CountVaultboxes Count { get; set; } = null!;

    [Inject]
    private VaultboxActs Acts { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private bool HasAny => counts is { All: > 0 } or { Deleted: > 0 };

    private VaultboxFilter Current => VaultboxFilter.All.FirstOrDefault(f => f.Key == State, VaultboxFilter.All[0]);

    protected override void OnInitialized() => Acts.Changed += Changed;

    protected override async Task OnParametersSetAsync()
    {
        if (loaded == (Search, State, After))
            return;
        loaded = (Search, State, After);
        await LoadAsync();
    }

    protected override void Dispose(bool disposing)
    {
        Acts.Changed -= Changed;
        base.Dispose(disposing);
    }

    private void Changed(object? sender, EventArgs change) => _ = InvokeAsync(async () =>
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
    });

    private async Task LoadAsync()
    {
        var actor = await SignedIn.VaultActorAsync();
        var request = new ListVaultboxesRequest(actor, Search, PageSize, After, Current.Key, IsWorstFirst: true);
        var listed = (await List.HandleAsync(request, Leaving)).Value ?? new Page<VaultboxView>([], null);
        var counted = (await Count.HandleAsync(new CountVaultboxesRequest(actor, Search), Leaving)).Value;
        (page, counts, now) = (listed, counted, Time.GetUtcNow());
        held = listed.Items.FirstOrDefault(v => v is { NeedsKey: true, Status: VaultboxStatus.Active, DeletedAt: null });
    }

    private Task SearchAsync(string text)
    {
        var uri = Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["q"] = text.Length == 0 ? null : text, ["after"] = null,
        });
        Navigation.NavigateTo(uri, replace: true);
        return Task.CompletedTask;
    }

    private string UrlFor(string? state, string? after = null) => Navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["state"] = state, ["after"] = after });
}

/// <param name="Key">Value of <c>state</c> in the URL; null for all.</param>
/// <param name="IsAlwaysShown">Also when it would show nothing.</param>
internal sealed record VaultboxFilter(string? Key, string Label, bool IsAlwaysShown, Func<VaultboxCounts, long> Count)
{
    internal static readonly VaultboxFilter[] All =
    [
        new(null, "All", true, c => c.All),
        new(VaultboxStates.Active, "Active", true, c => c.Active),
        new(VaultboxStates.Attention, "Needs attention", true, c => c.Attention),
        new(VaultboxStates.Resting, "Paused and archived", false, c => c.Resting),
        new(VaultboxStates.Deleted, "Deleted", false, c => c.Deleted),
    ];
}
