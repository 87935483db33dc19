using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Credentials;

/// <summary>
/// A new password beside the old one: chooses when the old one stops, shows the new one this once, and who has moved to it. Opened amid
/// a rotation it shows how far that is.
/// </summary>
public sealed partial class RotateDialog
{
    /// <summary>How often it looks who has signed in.</summary>
    internal static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);

    private Overlap overlap = Overlap.Usual;
    private CredentialInUse? inUse;
    private MadePassword? made;
    private bool again;
    private bool saved;
    private bool asked;

    [Parameter, EditorRequired]
    public required ICredentials Credentials { get; set; }

    [Parameter, EditorRequired]
    public required ShownCredential Credential { get; set; }

    /// <summary>It has another password.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Parameter]
    public EventCallback OnClosed { get; set; }

    /// <summary>The rotation was undone: there is nothing more to show.</summary>
    [Parameter]
    public EventCallback OnUndone { get; set; }

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private DateTimeOffset Now => Time.GetUtcNow();

    private bool IsChoosing => made is null && (again || (inUse?.Credential ?? Credential).PreviousValidUntil is null);

    private string Title => IsChoosing || made is not null ? $"New password for “{Credential.Label}”" : $"Rotation of “{Credential.Label}”";

    private string Lead => this switch
    {
        { made: not null, inUse.IsRotating: false } => "The old password has stopped.",
        { IsChoosing: true, overlap.IsNow: true } => "The old password stops the moment the new one is made.",
        { IsChoosing: true } => $"Old and new both work until the time you choose, so nothing stops while you change each {Credentials.Nouns.Client}.",
        _ => $"Old and new both work until then, so nothing stops while you change each {Credentials.Nouns.Client}.",
    };

    /// <summary>What ends with the act, in numbers.</summary>
    private string? Stops
    {
        get
        {
            var count = inUse?.Clients.Count(client => overlap.IsNow ? client.HasPresentPassword || inUse.IsRotating : inUse.IsRotating && !client.HasPresentPassword) ?? 0;
            if (count == 0)
                return null;
            var clients = Amounts.Count(count, Credentials.Nouns.Client, Credentials.Nouns.Clients);
            return overlap.IsNow ? $"Stops {clients} at once." : $"A rotation is running. Another one stops {clients} that still {(count == 1 ? "has" : "have")} the older password at once.";
        }
    }

    protected override async Task OnInitializedAsync()
    {
        await LoadAsync();
        _ = WatchAsync();
    }

    protected override void Dispose(bool disposing)
    {
        made = null;
        base.Dispose(disposing);
    }

    private async Task LoadAsync()
    {
        var found = await Credentials.GetAsync(Credential.Id, Leaving);
        inUse = found.Value ?? inUse;
        if (!found.Succeeded && made is null)
            Failure = found.Failure;
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Refresh, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(Leaving))
                await InvokeAsync(RefreshAsync);
        }
        catch (OperationCanceledException)
        {
            // The dialog was closed.
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            await LoadAsync();
        }
        catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault))
        {
            // A password that is shown this once outlives a database that is away: the next round looks again.
        }

        StateHasChanged();
    }

    private Task RotateAsync() => overlap.MinutesFrom(Now) is { } minutes
        ? ActAsync(() => Credentials.RotateAsync(Credential.Id, minutes, Leaving), async rotated =>
        {
            made = rotated;
            await LoadAsync();
            await OnChanged.InvokeAsync();
        })
        : Task.CompletedTask;

    private Task UndoAsync() => ActAsync(() => Credentials.UndoAsync(Credential.Id, Leaving), _ => OnUndone.InvokeAsync());

    private Task DismissAsync()
    {
        if (made is null || saved || asked)
            return OnClosed.InvokeAsync();
        asked = true;
        return Task.CompletedTask;
    }
}
