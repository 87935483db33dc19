using Microsoft.AspNetCore.Components;

namespace Portal.Web.Components.Shared.Toasts;

/// <summary>Where toasts are: each for a while, and for as long as the reader points at it or stands in it.</summary>
public sealed partial class ToastHost : IDisposable
{
    private static readonly TimeSpan Told = TimeSpan.FromSeconds(6);

    /// <summary>What can be taken back must be read first.</summary>
    private static readonly TimeSpan Offered = TimeSpan.FromSeconds(12);

    private readonly Dictionary<Toast, CancellationTokenSource> clocks = [];
    private Toast? acting;

    [Inject]
    internal Toaster Toaster { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    public void Dispose()
    {
        Toaster.Changed -= Changed;
        foreach (var toast in clocks.Keys.ToList())
            Hold(toast);
    }

    protected override void OnInitialized()
    {
        Toaster.Changed += Changed;
        StartClocks();
    }

    private void Changed(object? sender, EventArgs change) => _ = InvokeAsync(() =>
    {
        foreach (var gone in clocks.Keys.Except(Toaster.Shown).ToList())
            Hold(gone);
        StartClocks();
        StateHasChanged();
    });

    private void StartClocks()
    {
        foreach (var toast in Toaster.Shown.Where(toast => !clocks.ContainsKey(toast)))
            Release(toast);
    }

    /// <summary>Stops its clock.</summary>
    private void Hold(Toast toast)
    {
        if (clocks.Remove(toast, out var clock))
        {
            clock.Cancel();
            clock.Dispose();
        }
    }

    /// <summary>Starts its clock anew.</summary>
    private void Release(Toast toast)
    {
        Hold(toast);
        var clock = new CancellationTokenSource();
        clocks[toast] = clock;
        _ = CloseLaterAsync(toast, clock.Token);
    }

    private async Task CloseLaterAsync(Toast toast, CancellationToken held)
    {
        await Task.Delay(toast.Act is null ? Told : Offered, Time, held).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!held.IsCancellationRequested)
            await InvokeAsync(() => Toaster.Close(toast));
    }

    private async Task ActAsync(Toast toast)
    {
        if (acting is not null)
            return;
        acting = toast;
        Hold(toast);
        try
        {
            await toast.Act!();
        }
        finally
        {
            acting = null;
            Toaster.Close(toast);
        }
    }
}
