using Microsoft.AspNetCore.Components;
using Portal.Platform.Domains;
using Portal.Vault.Aliases;

namespace Portal.Web.Components.Aliases;

/// <summary>Many addresses at once: what can be added is, and what cannot stays in the box with its reason.</summary>
public sealed partial class PasteDialog
{
    /// <summary>500 lines of a hundred each; what a circuit takes in one message is more (<see cref="PortalPages"/>).</summary>
    internal const int MostCharacters = 50_000;

    private string text = "";
    private string domain = "";
    private string label = "";
    private AddedAliases? result;

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

    /// <summary>Ids of what was added.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<Guid>> OnAdded { get; set; }

    [Inject]
    private AliasActs Acts { get; set; } = null!;

    private int Lines => text.Split('\n').Count(line => !string.IsNullOrWhiteSpace(line));

    private IReadOnlyList<AddedAliasLine> Refused => [.. result!.Items.Where(line => line.Id is null)];

    protected override void OnInitialized() => domain = Domains.Select(d => d.Domain)
        .OrderByDescending(name => string.Equals(name, OwnDomain, StringComparison.Ordinal)).FirstOrDefault() ?? "";

    private Task AddAsync() => ActAsync(() => Acts.AddManyAsync(VaultboxId, domain, text, label, Leaving), added =>
    {
        result = added;
        text = string.Join('\n', Refused.Select(line => line.Text));
        return OnAdded.InvokeAsync([.. added.Items.Select(line => line.Id).OfType<Guid>()]);
    });
}
