using Portal.Platform;
using Portal.Vault.Vaultboxes;

namespace Portal.Web.Provisioning;

/// <summary>Destroys vaultboxes deleted long ago, every hour; on instances of the role <c>delivery</c>.</summary>
internal sealed class VaultboxPurge(PurgeVaultboxes purge, TimeProvider time, ILogger<VaultboxPurge> logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await purge.HandleAsync(stoppingToken) is { Vaultboxes: > 0 } purged)
                    logger.VaultboxesPurged(purged.Vaultboxes, purged.Messages, purged.Octets);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault) || fault is System.Data.Common.DbException)
            {
                logger.VaultboxPurgeBroken(fault);
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
