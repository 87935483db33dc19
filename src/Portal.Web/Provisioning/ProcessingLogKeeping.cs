using Portal.Platform;
using Portal.Vault.ProcessingLog;

namespace Portal.Web.Provisioning;

/// <summary>Counts the processing log's quarters of an hour as they end, and once a day drops the days kept long enough; on instances of the role <c>delivery</c>.</summary>
internal sealed class ProcessingLogKeeping(
    RollUpProcessingLog rollUp, PurgeProcessingLog purge, TimeProvider time, ILogger<ProcessingLogKeeping> logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PurgeInterval = TimeSpan.FromHours(24);

    private DateTimeOffset purged = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await rollUp.HandleAsync(stoppingToken);
                await PurgeAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault) || fault is System.Data.Common.DbException)
            {
                logger.LogKeepingBroken(fault);
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PurgeAsync(CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() - purged < PurgeInterval)
            return;
        var gone = await purge.HandleAsync(cancellationToken);
        if (!gone.IsEmpty)
            logger.LogDaysDropped(gone.Days.Count, string.Join(", ", gone.Days), gone.Rows);
        purged = time.GetUtcNow();
    }
}
