using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Vault.Aliases;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Shared.Toasts;

namespace Portal.Web.Components.Aliases;

internal enum AliasDialog
{
    Add,
    CatchAll,
    Paste,
}

/// <summary>Loads the list; what is done with it stands in <c>AliasBrowser.Acts.cs</c>.</summary>
public sealed partial class AliasBrowser
{
    private readonly HashSet<Guid> selected = [];
    private AliasFilter filter = new(null, null);
    private AliasFilter? loaded;
    private List<AliasView>? rows;
    private AliasCounts? counts;
    private string? next;
    private bool loadingMore;
    private int asked;
    private DateTimeOffset now;

    [Parameter, EditorRequired]
    public required VaultboxView Vaultbox { get; set; }

    [Parameter]
    public string? Search { get; set; }

    /// <summary>One of <see cref="AliasStates"/>; anything else shows all but the deleted.</summary>
    [Parameter]
    public string? State { get; set; }

    /// <summary>How many addresses there are, after each load.</summary>
    [Parameter]
    public EventCallback<int> OnCount { get; set; }

    [Inject]
    private AliasActs Acts { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private Toaster Toaster { get; set; } = null!;

    /// <summary>Nothing but the vaultbox's own address: nothing to search, an invitation instead.</summary>
    private bool IsBare => counts is { ByState.Count: 1, Live: 1 } && !filter.IsNarrowed;

    /// <summary>All that can be selected by what is asked for; the vaultbox's own address cannot.</summary>
    private int Matching => counts!.Of(filter.State) - rows!.Count(alias => !CanSelect(alias));

    private string TagExample => $"{Vaultbox.Alias}+shop@{Vaultbox.Domain}";

    private string Foot => next is null
        ? AliasText.Addresses(rows!.Count)
        : string.Create(CultureInfo.InvariantCulture, $"{rows!.Count:N0} of {AliasText.Addresses(counts!.Of(filter.State))}");

    protected override async Task OnParametersSetAsync()
    {
        filter = AliasFilter.Parse(Search, State);
        if (filter == loaded)
            return;
        loaded = filter;
        selected.Clear();
        await LoadAsync(AliasActs.PageSize);
    }

    private static bool CanSelect(AliasView alias) => !alias.IsPrimary;

    private async Task LoadAsync(int atLeast)
    {
        var (mine, wanted) = (++asked, filter);
        var shown = await Acts.ListAsync(Vaultbox.Id, wanted.Search, wanted.State, atLeast, after: null, Leaving);
        var counted = await Acts.CountAsync(Vaultbox.Id, wanted.Search, Leaving);
        // What was asked for meanwhile comes later.
        if (mine != asked)
            return;
        (rows, next, counts, now) = ([.. shown.Rows], shown.Next, counted, Time.GetUtcNow());
        if (wanted.Search is null)
            await OnCount.InvokeAsync(counted.Live);
    }

    private Task ReloadAsync() => LoadAsync(Math.Max(rows?.Count ?? 0, AliasActs.PageSize));

    private async Task MoreAsync()
    {
        loadingMore = true;
        var mine = asked;
        var shown = await Acts.ListAsync(Vaultbox.Id, filter.Search, filter.State, AliasActs.PageSize, next, Leaving);
        loadingMore = false;
        if (mine != asked)
            return;
        rows!.AddRange(shown.Rows);
        next = shown.Next;
    }

    private void SearchFor(string text) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameter("q", text.Length == 0 ? null : text), replace: true);

    private string UrlFor(string? state) => Navigation.GetUriWithQueryParameter("state", state);

    private void Toggle(AliasView alias)
    {
        if (!selected.Remove(alias.Id))
            selected.Add(alias.Id);
    }

    private void ToggleShown()
    {
        var shown = rows!.Where(CanSelect).Select(alias => alias.Id).ToList();
        if (shown.TrueForAll(selected.Contains))
            selected.Clear();
        else
            selected.UnionWith(shown);
    }

    private async Task SelectMatchingAsync() => selected.UnionWith(await Acts.FindAsync(Vaultbox.Id, filter.Search, filter.State, Leaving));
}
