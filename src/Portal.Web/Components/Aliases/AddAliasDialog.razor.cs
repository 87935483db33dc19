using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Domains;
using Portal.Vault.Aliases;
using Portal.Web.Components.Account;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Aliases;

/// <summary>A named address: says while one types whether it can be had.</summary>
public sealed partial class AddAliasDialog
{
    private readonly AliasInput input = new();
    private string? free;
    private string? wrong;
    private int asked;

    [Parameter, EditorRequired]
    public required Guid VaultboxId { get; set; }

    /// <summary>Where an address may stand; the first is chosen unless <see cref="OwnDomain"/> is among them.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<ListedDomain> Domains { get; set; }

    /// <summary>The vaultbox's.</summary>
    [Parameter, EditorRequired]
    public required string OwnDomain { get; set; }

    [Parameter]
    public EventCallback OnClosed { get; set; }

    [Parameter]
    public EventCallback<AliasView> OnAdded { get; set; }

    [Inject]
    private AliasActs Acts { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    protected override void OnInitialized() => input.Domain = Domains.Select(d => d.Domain)
        .OrderByDescending(domain => string.Equals(domain, OwnDomain, StringComparison.Ordinal)).FirstOrDefault() ?? "";

    private async Task TypedAsync(string? typed)
    {
        input.Local = typed ?? "";
        (free, wrong) = (null, null);
        var mine = ++asked;
        await Task.Delay(SearchBox.Rest, Time, Leaving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (mine == asked && input.Local.Length > 0 && !Leaving.IsCancellationRequested)
            await CheckAsync(mine);
    }

    private Task DomainChosenAsync(ChangeEventArgs change)
    {
        input.Domain = change.Value as string ?? "";
        (free, wrong) = (null, null);
        return input.Local.Length == 0 ? Task.CompletedTask : CheckAsync(++asked);
    }

    private async Task CheckAsync(int mine)
    {
        var answer = await Acts.CheckAsync(input.Domain, input.Local, Leaving);
        // An answer to what was typed before says nothing about what stands there now.
        if (mine == asked)
            (free, wrong) = (answer.Value, answer.Failure?.Detail);
    }

    private async Task AddAsync()
    {
        asked++;
        (free, wrong) = (null, null);
        await ActAsync(() => Acts.AddAsync(VaultboxId, input, Leaving), added => OnAdded.InvokeAsync(added));
        wrong = Failure.About("alias");
    }
}
