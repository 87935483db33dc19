using Microsoft.AspNetCore.Components;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Vaultboxes;

public sealed partial class VaultboxBrowser
{
    internal const int PageSize = 200;

    /// <summary>The page head's button: with no vaultbox at all the invitation has the one button.</summary>
    internal const string ActionSection = "vaultboxes-action";

    private readonly ListVaultboxes vaultboxes;
    private readonly SignedIn signedIn;
    private readonly NavigationManager navigation;
    private Page<VaultboxView>? page;
    private IReadOnlyList<VaultboxView>? shown;
    private (string?, string?)? loaded;

    public VaultboxBrowser(ListVaultboxes vaultboxes, SignedIn signedIn, NavigationManager navigation)
    {
        this.vaultboxes = vaultboxes;
        this.signedIn = signedIn;
        this.navigation = navigation;
    }

    [Parameter]
    public string? Search { get; set; }

    /// <summary>A <see cref="VaultboxFilter.Key"/>; anything else shows all.</summary>
    [Parameter]
    public string? State { get; set; }

    [Parameter]
    public string? After { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (loaded != (Search, After))
        {
            var request = new ListVaultboxesRequest(await signedIn.VaultActorAsync(), Search, PageSize, After);
            var answer = await vaultboxes.HandleAsync(request, Leaving);
            page = answer.Value ?? new Page<VaultboxView>([], null);
            loaded = (Search, After);
        }

        var matches = VaultboxFilter.All.FirstOrDefault(f => f.Key == State, VaultboxFilter.All[0]).Matches;
        shown = [.. page!.Items.Where(matches).OrderByDescending(v => v.NeedsKey).ThenByDescending(v => v.LastMailAt ?? v.CreatedAt)];
    }

    private Task SearchAsync(string text)
    {
        var uri = navigation.GetUriWithQueryParameters(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["q"] = text.Length == 0 ? null : text, ["after"] = null,
        });
        navigation.NavigateTo(uri, replace: true);
        return Task.CompletedTask;
    }

    private string UrlFor(string? state, string? after = null) => navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["state"] = state, ["after"] = after });
}

/// <param name="Key">Value of <c>state</c> in the URL; null for all.</param>
internal sealed record VaultboxFilter(string? Key, string Label, Func<VaultboxView, bool> Matches)
{
    internal static readonly VaultboxFilter[] All =
    [
        new(null, "All", _ => true),
        new("active", "Active", v => v is { NeedsKey: false, Status: "active" }),
        new("attention", "Needs attention", v => v.NeedsKey),
    ];
}
