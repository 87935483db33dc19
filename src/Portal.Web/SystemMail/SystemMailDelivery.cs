using Portal.Platform;
using Portal.Platform.Accounts;
using Portal.Platform.SystemMail;

namespace Portal.Web.SystemMail;

/// <summary>Runs delivery on an instance of the role <c>delivery</c>: woken by each message that is written, and when one is due again.</summary>
internal sealed class SystemMailDelivery(
    WatchSystemMail watch,
    ReleaseSystemMail release,
    PurgeSystemMail purge,
    DeliverSystemMail deliver,
    SmartHost smartHost,
    TimeProvider time,
    ILogger<SystemMailDelivery> logger) : BackgroundService
{
    /// <summary>The net below the announcements.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (smartHost.IsConfigured && await release.HandleAsync(Actor.Operator, stoppingToken) is { Value: > 0 } released)
                    logger.Released(released.Value);
                await watch.HandleAsync(Actor.Operator, WorkAsync, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault) || fault is System.Data.Common.DbException or IOException)
            {
                logger.DatabaseAway(fault);
            }

            await Task.Delay(ReconnectDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<TimeSpan> WorkAsync(CancellationToken cancellationToken)
    {
        if (await purge.HandleAsync(Actor.Operator, cancellationToken) is { Value: { Expired: > 0 } or { Deleted: > 0 } } purged)
            logger.Purged(purged.Value.Expired, purged.Value.Deleted);
        var due = await deliver.RunAsync(cancellationToken);
        var pause = due - time.GetUtcNow() ?? LongestPause;
        return pause < ShortestPause ? ShortestPause : pause < LongestPause ? pause : LongestPause;
    }
}
