using System.Data.Common;
using Portal.Platform;
using Portal.Vault;
using Portal.Vault.Credentials;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Shared;
using Portal.Web.Components.Shared.Toasts;

namespace Portal.Web.Components.Vaultboxes;

/// <summary>
/// What a person does with their vaultboxes: says it in a toast, and takes it back from there where that can be. One per circuit; what
/// shows vaultboxes hears of each change.
/// </summary>
internal sealed class VaultboxActs(
    UpdateVaultbox update, GetVaultboxContents contents, DeleteVaultbox delete, RestoreVaultbox restore, SignedIn signedIn, Toaster toaster)
{
    private static readonly Failure Unavailable = new(
        "unavailable", "The server could not save this: its database does not answer. Nothing was changed, and what you entered is still here. Try again.");

    public event EventHandler? Changed;

    public Task<Outcome<VaultboxContents>> CountAsync(Guid id, CancellationToken cancellationToken) =>
        AnswerAsync(async () => await contents.HandleAsync(new GetVaultboxContentsRequest(await ActorAsync(), id), cancellationToken));

    public Task<Outcome<VaultboxView>> UpdateAsync(Guid id, Func<UpdateVaultboxRequest, UpdateVaultboxRequest> change, CancellationToken cancellationToken) =>
        ToldAsync(AnswerAsync(async () => await update.HandleAsync(change(new UpdateVaultboxRequest(await ActorAsync(), id)), cancellationToken)));

    /// <summary>Pauses, resumes or archives; the toast takes it back.</summary>
    public async Task<Outcome<VaultboxView>> SetStatusAsync(VaultboxView vaultbox, string status)
    {
        var changed = await StatusAsync(vaultbox.Id, status);
        if (changed.Succeeded)
        {
            toaster.Say(Said(vaultbox.Name, status), "Undo", async () =>
            {
                var undone = await StatusAsync(vaultbox.Id, vaultbox.Status);
                Say(undone, Said(vaultbox.Name, vaultbox.Status));
            });
        }

        return changed;
    }

    public async Task<Outcome<DeletedVaultbox>> DeleteAsync(VaultboxView vaultbox)
    {
        var deleted = await ToldAsync(AnswerAsync(async () => await delete.HandleAsync(new DeleteVaultboxRequest(await ActorAsync(), vaultbox.Id), CancellationToken.None)));
        if (deleted.Succeeded)
            toaster.Say($"{vaultbox.Name} is deleted. Until {VaultboxWords.Day(deleted.Value.RestorableUntil)} you can take it back.", "Undo", () => RestoreAsync(vaultbox.Id, vaultbox.Name));
        return deleted;
    }

    public async Task RestoreAsync(Guid id, string name) => Say(
        await ToldAsync(AnswerAsync(async () => await restore.HandleAsync(new RestoreVaultboxRequest(await ActorAsync(), id), CancellationToken.None))),
        $"{name} is back, with its mail, keys and devices.");

    private static string Said(string name, string status) => status switch
    {
        VaultboxStatus.Paused => $"{name} is paused. It refuses mail until you resume it.",
        VaultboxStatus.Archived => $"{name} is archived. It refuses mail; what it holds stays.",
        _ => $"{name} takes mail again.",
    };

    private Task<Outcome<VaultboxView>> StatusAsync(Guid id, string status) =>
        UpdateAsync(id, request => request with { Status = Change<string>.To(status) }, CancellationToken.None);

    private void Say<T>(Outcome<T> outcome, string done)
        where T : notnull
    {
        if (outcome.Succeeded)
            toaster.Say(done);
        else
            toaster.Fail(outcome.Failure.Detail);
    }

    private async Task<Outcome<T>> ToldAsync<T>(Task<Outcome<T>> act)
        where T : notnull
    {
        var outcome = await act;
        if (outcome.Succeeded)
            Changed?.Invoke(this, EventArgs.Empty);
        return outcome;
    }

    private static async Task<Outcome<T>> AnswerAsync<T>(Func<Task<VaultResult<T>>> act)
        where T : notnull
    {
        try
        {
            var result = await act();
            return result.Succeeded ? result.Value : new Failure(result.Problem.Code, result.Problem.Detail);
        }
        catch (Exception fault) when (fault is DbException or TimeoutException || PlatformDatabase.IsUnavailable(fault))
        {
            return Unavailable;
        }
    }

    private Task<VaultActor> ActorAsync() => signedIn.VaultActorAsync();
}
