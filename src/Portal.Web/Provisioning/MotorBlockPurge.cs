using Portal.Platform;
using Portal.Platform.Accounts;
using Portal.Platform.MotorBlocks;

namespace Portal.Web.Provisioning;

/// <summary>Removes every hour what motor blocks leave behind; on instances of the role <c>delivery</c>.</summary>
internal sealed class MotorBlockPurge(PurgeMotorBlocks purge, TimeProvider time, ILogger<MotorBlockPurge> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var purged = await purge.HandleAsync(Actor.Operator, stoppingToken);
                if (purged.Value is { } gone && gone != new PurgedMotorBlocks(0, 0, 0, 0))
                    logger.MotorBlocksPurged(gone.Blocks, gone.Passwords, gone.Uses, gone.Minutes);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault) || fault is System.Data.Common.DbException)
            {
                logger.MotorBlockPurgeBroken(fault);
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
