using Portal.Platform;
using Portal.Vault.Aliases;

namespace Portal.Web.Provisioning;

/// <summary>Frees the addresses of aliases deleted long ago, every hour; on instances of the role <c>delivery</c>.</summary>
internal sealed class AliasPurge(PurgeAliases purge, TimeProvider time, ILogger<AliasPurge> logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await purge.HandleAsync(stoppingToken) is > 0 and var purged)
                    logger.AliasesPurged(purged);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault) || fault is System.Data.Common.DbException)
            {
                logger.AliasPurgeBroken(fault);
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
