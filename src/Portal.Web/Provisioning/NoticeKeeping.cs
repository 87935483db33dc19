using Portal.Platform;
using Portal.Vault.Notices;

namespace Portal.Web.Provisioning;

/// <summary>Every hour: tells of addresses that end soon, and forgets what was read long ago; on instances of the role <c>delivery</c>.</summary>
internal sealed class NoticeKeeping(TellOfEndingAliases tell, PurgeNotices purge, TimeProvider time, ILogger<NoticeKeeping> logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var told = await tell.HandleAsync(stoppingToken);
                var purged = await purge.HandleAsync(stoppingToken);
                if (told + purged > 0)
                    logger.NoticesKept(told, purged);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault) || fault is System.Data.Common.DbException)
            {
                logger.NoticeKeepingBroken(fault);
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
