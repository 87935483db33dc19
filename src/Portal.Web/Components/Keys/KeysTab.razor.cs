using Microsoft.AspNetCore.Components;
using Portal.Vault.Certificates;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Shared;
using Portal.Web.Components.Shared.Toasts;

namespace Portal.Web.Components.Keys;

/// <summary>The keys of a vaultbox, what each opens, and the dialogs that change them.</summary>
public sealed partial class KeysTab
{
    private IReadOnlyList<ShownKey>? keys;
    private IReadOnlyList<CertificateView> others = [];
    private KeyCoverage? coverage;
    private KeyAction? open;
    private DateTimeOffset now;

    [Parameter, EditorRequired]
    public required VaultboxView Vaultbox { get; set; }

    [Inject]
    private ListCertificates List { get; set; } = null!;

    [Inject]
    private GetKeyCoverage Coverage { get; set; } = null!;

    [Inject]
    private KeyActs Acts { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private Toaster Toaster { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <summary>A second key beside those made here; all of them where none was made yet.</summary>
    private string AddPage => others.Any(k => k.Purpose == KeyPurposes.Owner) ? $"/vaultboxes/{Vaultbox.Id}/keys/add" : $"/vaultboxes/{Vaultbox.Id}/keys-setup";

    private long Unopened => coverage!.Spans.Where(s => s.MostKeys == 0).Sum(s => s.Messages);

    /// <summary>The key on which most mail hangs alone. While there is one key only, that is how everybody begins.</summary>
    private ShownKey? Loner => keys!.Count < 2 ? null : keys.Where(k => k.Alone > 0).MaxBy(k => k.Alone);

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var actor = await SignedIn.VaultActorAsync();
        var rows = (await List.HandleAsync(new ListCertificatesRequest(actor, Vaultbox.Id), Leaving)).Value ?? [];
        coverage = (await Coverage.HandleAsync(new GetKeyCoverageRequest(actor, Vaultbox.Id), Leaving)).Value ?? new KeyCoverage(0, [], []);
        now = Time.GetUtcNow();
        others = [.. rows.Where(r => r.CertificateType == CertificateTypes.Public && r.Purpose != KeyPurposes.Mail)];
        keys = ShownKey.Of(rows, coverage, now);
    }

    private Task ReloadAsync()
    {
        open = null;
        return LoadAsync();
    }

    private async Task DoneAsync((KeyAct Act, CertificateView Key) done)
    {
        await ReloadAsync();
        var (act, key) = done;
        switch (act)
        {
            case KeyAct.Retire:
                Toaster.Say($"Retired {key.FriendlyName}. What it opens, it still opens.", "Undo", () => TakeBackAsync(() => Acts.ResumeAsync(Vaultbox.Id, key.Id, CancellationToken.None)));
                break;
            case KeyAct.Resume:
                Toaster.Say($"{key.FriendlyName} takes new mail again.", "Undo", () => TakeBackAsync(() => Acts.RetireAsync(Vaultbox.Id, key.Id, pausesMail: true, CancellationToken.None)));
                break;
            case KeyAct.Delete:
                Toaster.Say($"Deleted {key.FriendlyName}");
                break;
            default:
                Toaster.Say($"Renamed to {key.FriendlyName}");
                break;
        }
    }

    private async Task TakeBackAsync(Func<Task<Portal.Platform.Outcome<CertificateView>>> act)
    {
        var undone = await act();
        if (undone.Succeeded)
            Toaster.Say($"{undone.Value.FriendlyName} is {(undone.Value.Status == CertificateStatus.Retired ? "retired" : "in use")} again.");
        else
            Toaster.Fail(undone.Failure.Detail);
        // The reader may have gone to another page with the toast still up.
        if (!Leaving.IsCancellationRequested)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }
}
