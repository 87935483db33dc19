using Portal.Platform;
using Portal.Vault.Credentials;

namespace Portal.Web.Provisioning;

/// <summary>Clears former passwords of devices every hour; on instances of the role <c>delivery</c>.</summary>
internal sealed class PasswordPurge(PurgeEndedPasswords purge, TimeProvider time, ILogger<PasswordPurge> logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var purged = await purge.HandleAsync(stoppingToken);
                if (purged is not { Passwords: 0, Uses: 0, Devices: 0 })
                    logger.PasswordsPurged(purged.Passwords, purged.Uses, purged.Devices);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault) || fault is System.Data.Common.DbException)
            {
                logger.PasswordPurgeBroken(fault);
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
