using Portal.Platform;
using Portal.Platform.Settings;

namespace Portal.Web.Hosting.StoredSettings;

/// <summary>Reads the stored settings at the start and every five seconds. While the database is away, what was read last holds.</summary>
internal sealed class SettingsWatch(ReadSettings read, StoredSettingsSource source, TimeProvider time, ILogger<SettingsWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Now: an admin on this instance sees at once what was changed.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            source.Replace(await read.HandleAsync(cancellationToken));
        }
        catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault))
        {
            logger.SettingsUnread(fault);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await RefreshAsync(stoppingToken);
    }
}
