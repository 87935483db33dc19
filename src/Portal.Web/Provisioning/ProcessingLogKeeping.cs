using Portal.Platform;
using Portal.Vault.ProcessingLog;

namespace Portal.Web.Provisioning;

/// <summary>Counts the processing log's quarters of an hour as they end, and once a day drops the days kept long enough; on instances of the role <c>delivery</c>.</summary>
internal sealed class ProcessingLogKeeping(
    RollUpProcessingLog rollUp, PurgeProcessingLog purge, TimeProvider time, ILogger<ProcessingLogKeeping> logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PurgeInterval = TimeSpan.FromHours(24);

    /// <summary>Until a purge that failed is tried again, at first: each try may hold up the writing of mail. Doubled with every failure.</summary>
    internal static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(15);

    private DateTimeOffset due = DateTimeOffset.MinValue;
    private TimeSpan pause = FirstPause;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await KeepAsync(stoppingToken);
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

    /// <summary>One round.</summary>
    internal async Task KeepAsync(CancellationToken cancellationToken)
    {
        await rollUp.HandleAsync(cancellationToken);
        await PurgeAsync(cancellationToken);
    }

    private async Task PurgeAsync(CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() < due)
            return;
        // Put off first: a purge that fails leaves it so.
        due = time.GetUtcNow() + pause;
        pause = pause * 2 < PurgeInterval ? pause * 2 : PurgeInterval;
        var gone = await purge.HandleAsync(cancellationToken);
        if (!gone.IsEmpty)
            logger.LogDaysDropped(gone.Days.Count, string.Join(", ", gone.Days), gone.Rows);
        (due, pause) = (time.GetUtcNow() + PurgeInterval, FirstPause);
    }
}
