using Microsoft.AspNetCore.Components;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Shared;
using Portal.Web.Components.Shared.Toasts;

namespace Portal.Web.Components.Vaultboxes.Settings;

/// <summary>One card of a vaultbox's settings, saved by itself. What was chosen stays when saving fails.</summary>
public abstract class SettingsCard : ActingComponent
{
    [Parameter, EditorRequired]
    public required VaultboxView Vaultbox { get; set; }

    [Inject]
    internal VaultboxActs Acts { get; set; } = null!;

    [Inject]
    internal Toaster Toaster { get; set; } = null!;

    /// <param name="said">What is so now, one sentence.</param>
    protected Task SaveAsync(Func<UpdateVaultboxRequest, UpdateVaultboxRequest> change, string said) => ActAsync(
        () => Acts.UpdateAsync(Vaultbox.Id, change, Leaving),
        _ =>
        {
            Toaster.Say(said);
            return Task.CompletedTask;
        });
}
