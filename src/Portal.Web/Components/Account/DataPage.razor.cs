using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Portal.Platform;
using Portal.Platform.Accounts.Deletion;
using Portal.Vault.Export;
using Portal.Web.Components.Shared;
using Portal.Web.Identity;

namespace Portal.Web.Components.Account;

/// <summary>Export of all that is held about the account, and its deletion with time to think again.</summary>
public sealed partial class DataPage
{
    private ExportedVault? vault;
    private DateTimeOffset? due;
    private Failure? failure;

    [SupplyParameterFromQuery(Name = "delete")]
    public bool IsDeleting { get; set; }

    [SupplyParameterFromQuery(Name = "done")]
    public string? Done { get; set; }

    [Inject]
    private ExportVault ExportVault { get; set; } = null!;

    [Inject]
    private RequestDeletion RequestDeletion { get; set; } = null!;

    [Inject]
    private CancelDeletion CancelDeletion { get; set; } = null!;

    [Inject]
    private IOptions<PlatformOptions> Options { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string Grace => Amounts.Count((long)Options.Value.DeletionGrace.TotalDays, "day", "days");

    /// <summary>What goes, in numbers.</summary>
    private string Destroyed => vault is { Vaultboxes.Count: > 0 }
        ? $"its {Amounts.Count(vault.Vaultboxes.Count, "vaultbox", "vaultboxes")} with {Amounts.Count(vault.Vaultboxes.Sum(v => v.Messages), "sealed message", "sealed messages")} ({Amounts.Size(vault.Vaultboxes.Sum(v => v.Octets))})"
        : "all that is in it";

    protected override async Task OnInitializedAsync()
    {
        var actor = await SignedIn.ActorAsync();
        if (IsDeleting && Navigation.RedirectIfStale(actor, Time.GetUtcNow()))
            return;
        due = (await SignedIn.UserAsync()).DeletionDueAt;
        vault = (await ExportVault.HandleAsync(new ExportVaultRequest(await SignedIn.VaultActorAsync()), Leaving)).Value;
    }

    private async Task DeleteAsync()
    {
        var scheduled = await RequestDeletion.HandleAsync(await SignedIn.ActorAsync(), Leaving);
        if (Navigation.RedirectIfNeeded(scheduled.Failure))
            return;
        failure = scheduled.Failure;
        if (scheduled.Succeeded)
            Navigation.NavigateTo("/account/data");
    }

    private async Task KeepAsync()
    {
        var kept = await CancelDeletion.HandleAsync(await SignedIn.ActorAsync(), Leaving);
        failure = kept.Failure;
        if (kept.Succeeded)
            Navigation.NavigateTo("/account/data?done=kept");
    }
}
