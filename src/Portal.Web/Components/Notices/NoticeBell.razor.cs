using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Portal.Web.Components.Notices;

/// <summary>Leads to the notices and says how many are unread: looked up on each page, and every minute while the circuit is open.</summary>
public sealed partial class NoticeBell : IDisposable
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource leaving = new();

    [Inject]
    internal UnreadNotices Unread { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string Label => Unread.Number is > 0 and var number
        ? string.Create(CultureInfo.InvariantCulture, $"Notifications, {number:N0} unread")
        : "Notifications";

    public void Dispose()
    {
        Unread.Changed -= Show;
        Navigation.LocationChanged -= Look;
        leaving.Cancel();
        leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        Unread.Changed += Show;
        if (RendererInfo.IsInteractive)
        {
            Navigation.LocationChanged += Look;
            _ = LookOftenAsync(leaving.Token);
        }

        await Unread.LoadAsync();
    }

    private void Show(object? sender, EventArgs change) => _ = InvokeAsync(StateHasChanged);

    private void Look(object? sender, LocationChangedEventArgs change) => _ = LookAsync();

    private async Task LookOftenAsync(CancellationToken gone)
    {
        while (true)
        {
            await Task.Delay(Interval, Time, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (gone.IsCancellationRequested)
                return;
            await LookAsync();
        }
    }

    private Task LookAsync() => InvokeAsync(Unread.LoadAsync);
}
