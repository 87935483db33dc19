using System.Globalization;
using Portal.Platform;
using Portal.Platform.Domains;
using Portal.Vault.Aliases;

namespace Portal.Web.Components.Aliases;

public sealed partial class AliasBrowser
{
    private const string Undo = "Undo";

    private IReadOnlyList<ListedDomain> domains = [];
    private AliasDialog? open;
    private AliasView? editing;
    private AliasView? fresh;
    private bool masking;
    private string? progress;

    private async Task OpenAsync(AliasDialog dialog)
    {
        domains = await Acts.DomainsAsync(Leaving);
        open = dialog;
    }

    private void Close() => (open, editing) = (null, null);

    private async Task MaskAsync()
    {
        if (masking)
            return;
        masking = true;
        try
        {
            var made = await Acts.AddMaskedAsync(Vaultbox.Id, Leaving);
            if (Fails(made.Failure))
                return;
            fresh = made.Value;
            await ReloadAsync();
        }
        finally
        {
            masking = false;
        }
    }

    private void Copied(bool isCopied)
    {
        if (fresh is { } made)
            Toaster.Say($"Made {made.Address}.{(isCopied ? " Copied." : "")}", "Delete it again", () => UndoAsync(AliasActions.Delete, [made.Id]));
    }

    private Task LabelledAsync()
    {
        fresh = null;
        return ReloadAsync();
    }

    private async Task AddedAsync(AliasView added)
    {
        Close();
        await ReloadAsync();
        Toaster.Say($"Added {added.Address}", Undo, () => UndoAsync(AliasActions.Delete, [added.Id]));
    }

    private async Task PastedAsync(IReadOnlyList<Guid> added)
    {
        await ReloadAsync();
        if (added.Count > 0)
            Toaster.Say($"Added {AliasText.Addresses(added.Count)}", Undo, () => UndoAsync(AliasActions.Delete, added));
    }

    private async Task SavedAsync(AliasView saved)
    {
        Close();
        await ReloadAsync();
        Toaster.Say($"Saved {saved.Address}");
    }

    /// <summary>A change of nothing counts as use: its idle days begin anew.</summary>
    private async Task RenewAsync(AliasView alias)
    {
        var renewed = await Acts.UpdateAsync(alias, Vaultbox.Id, AliasInput.Of(alias), Leaving);
        if (Fails(renewed.Failure))
            return;
        await ReloadAsync();
        Toaster.Say($"{alias.Address} takes mail again.");
    }

    /// <param name="address">Of the one, where it is one.</param>
    private async Task ChangeAsync(string action, IReadOnlyCollection<Guid> ids, string? address)
    {
        if (progress is not null)
            return;
        progress = "Working…";
        try
        {
            var changed = await Acts.ChangeAsync(Vaultbox.Id, action, ids, step => Tell(step, ids.Count), Leaving);
            if (Fails(changed.Failure))
                return;
            selected.ExceptWith(ids);
            if (fresh is not null && ids.Contains(fresh.Id))
                fresh = null;
            Report(changed.Value!, address);
        }
        finally
        {
            progress = null;
        }

        await ReloadAsync();
    }

    private void Tell(int step, int all)
    {
        if (step < all)
        {
            progress = string.Create(CultureInfo.InvariantCulture, $"{step:N0} of {all:N0} done…");
            StateHasChanged();
        }
    }

    private void Report(ChangedAliases changed, string? address)
    {
        if (AliasText.Left(changed) is { } left)
            Toaster.Fail(left);
        if (changed.Changed.Count == 0)
            return;
        Toaster.Say(
            AliasText.Done(changed.Action, address is null ? [] : [address], changed.Changed.Count), Undo, () => UndoAsync(changed.Undo, changed.Changed));
    }

    /// <summary>Also when the reader has gone to another page: the toast goes along.</summary>
    private async Task UndoAsync(string action, IReadOnlyCollection<Guid> ids)
    {
        var undone = await Acts.ChangeAsync(Vaultbox.Id, action, ids, _ => { }, CancellationToken.None);
        if (Fails(undone.Failure))
            return;
        if (AliasText.Left(undone.Value!) is { } left)
            Toaster.Fail(left);
        if (Leaving.IsCancellationRequested)
            return;
        await InvokeAsync(async () =>
        {
            if (fresh is not null && ids.Contains(fresh.Id))
                fresh = null;
            await ReloadAsync();
            StateHasChanged();
        });
    }

    private bool Fails(Failure? failure)
    {
        if (failure is not null)
            Toaster.Fail(failure.Detail);
        return failure is not null;
    }
}
