using Microsoft.AspNetCore.Components;
using Portal.Vault.ProcessingLog;
using Portal.Web.Components.Shared;
using Portal.Web.Components.Shared.Toasts;

namespace Portal.Web.Components.Log;

/// <summary>Saved views: named filters of one admin's own. What is deleted can be taken back while the toast stands.</summary>
public sealed partial class SavedViews
{
    internal const string Path = "/admin/processing-log";

    private static readonly (string Label, string? Outcome)[] Given =
        [("All mail", null), ("Held up", LogOutcomes.Deferred), ("Refused", LogOutcomes.Refused)];

    private IReadOnlyList<LogViewItem> views = [];
    private LogViewItem? naming;

    [Parameter, EditorRequired]
    public required LogQuery Query { get; set; }

    [Parameter, EditorRequired]
    public required Func<LogQuery, string> UrlOf { get; set; }

    [Inject]
    private ListLogViews List { get; set; } = null!;

    [Inject]
    private SaveLogView Save { get; set; } = null!;

    [Inject]
    private DeleteLogView Delete { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private Toaster Toaster { get; set; } = null!;

    private string Current => (Query with { After = null }).ToQuery().TrimStart('?');

    protected override Task OnInitializedAsync() => LoadAsync();

    private bool IsShown(LogViewItem view) => string.Equals(view.Query, Current, StringComparison.Ordinal);

    private async Task LoadAsync() =>
        views = (await List.HandleAsync(new ListLogViewsRequest(await SignedIn.VaultActorAsync()), Leaving)).Value ?? [];

    private Task DoneAsync(string told)
    {
        naming = null;
        Toaster.Say(told);
        return LoadAsync();
    }

    private async Task DeleteAsync(LogViewItem view)
    {
        var deleted = await Delete.HandleAsync(new DeleteLogViewRequest(await SignedIn.VaultActorAsync(), view.Id), Leaving);
        await LoadAsync();
        if (deleted.Value is { } gone)
            Toaster.Say($"The view “{gone.Name}” is deleted.", "Undo", () => RestoreAsync(gone));
    }

    private async Task RestoreAsync(LogViewItem view)
    {
        var saved = await Save.HandleAsync(new SaveLogViewRequest(await SignedIn.VaultActorAsync(), view.Name, view.Query), CancellationToken.None);
        if (!saved.Succeeded)
        {
            Toaster.Fail(saved.Problem.Detail);
            return;
        }

        // Who has left the page meanwhile has it back all the same.
        if (!Leaving.IsCancellationRequested)
        {
            await InvokeAsync(async () =>
            {
                await LoadAsync();
                StateHasChanged();
            });
        }
    }
}
