using Microsoft.AspNetCore.Components;
using Portal.Platform.Accounts.Administration;
using Portal.Vault.Administration;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Admin;

/// <summary>Every account's vaultboxes in numbers, for admins; to anyone else it is not there.</summary>
public sealed partial class VaultboxesPage
{
    private static readonly IReadOnlyList<(string Value, string Label)> States =
    [
        (VaultboxStates.Active, "Active"), (VaultboxStates.Attention, "Without a key, or one that ends soon"),
        (VaultboxStates.Resting, "Paused or archived"), (VaultboxStates.Deleted, "Deleted, can be restored"),
    ];

    private Page<FoundVaultbox>? page;
    private IReadOnlyDictionary<Guid, string> emails = new Dictionary<Guid, string>();

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    public string? StateText { get; set; }

    [SupplyParameterFromQuery(Name = "owner")]
    public Guid? Owner { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    [Inject]
    private FindVaultboxes FindVaultboxes { get; set; } = null!;

    [Inject]
    private NameUsers NameUsers { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string? State => VaultboxStates.All.Contains(StateText, StringComparer.Ordinal) ? StateText : null;

    private bool IsNarrowed => !string.IsNullOrWhiteSpace(Text) || State is not null || Owner is not null;

    protected override async Task OnInitializedAsync()
    {
        var request = new FindVaultboxesRequest(await SignedIn.VaultActorAsync(), Text, State, Owner, After: After);
        var found = await FindVaultboxes.HandleAsync(request, Leaving);
        if (found.Problem?.Code == "cursor_malformed")
            found = await FindVaultboxes.HandleAsync(request with { After = null }, Leaving);
        if (found.Value is null)
        {
            Navigation.NotFound();
            return;
        }

        var owners = found.Value.Items.Select(vaultbox => vaultbox.UserId).Concat(Owner is { } owner ? [owner] : []).ToHashSet();
        emails = (await NameUsers.HandleAsync(await SignedIn.ActorAsync(), owners, Leaving)).Value?.Emails ?? emails;
        page = found.Value;
    }

    private string? EmailOf(Guid userId) => emails.GetValueOrDefault(userId);

    private static (string Kind, string Symbol, string Text) Look(FoundVaultbox vaultbox) => vaultbox switch
    {
        { DeletedAt: not null } => ("neutral", "trash-2", "Deleted"),
        { Status: VaultboxStatus.Paused } => ("neutral", "pause", "Paused"),
        { Status: VaultboxStatus.Archived } => ("neutral", "archive", "Archived"),
        { MailKeys: 0 } => ("warn", "triangle-alert", "No key"),
        _ => ("ok", "circle-check", "Active"),
    };
}
