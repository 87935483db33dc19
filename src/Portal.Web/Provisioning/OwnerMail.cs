using Portal.Platform;
using Portal.Vault.Certificates;

namespace Portal.Web.Provisioning;

/// <summary>
/// Writes every minute what owners are to be told by mail, and looks every hour for keys that end; on instances of the role <c>delivery</c>.
/// </summary>
internal sealed class OwnerMail(TellOwners tell, WarnOfExpiringKeys warn, TimeProvider time, ILogger<OwnerMail> logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    internal static readonly TimeSpan ExpiryInterval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var expiryDue = time.GetUtcNow();
        while (!stoppingToken.IsCancellationRequested)
        {
            var isMore = false;
            try
            {
                if (time.GetUtcNow() >= expiryDue)
                {
                    while (await warn.HandleAsync(stoppingToken) == WarnOfExpiringKeys.Batch)
                        stoppingToken.ThrowIfCancellationRequested();
                    expiryDue = time.GetUtcNow() + ExpiryInterval;
                }

                isMore = await tell.RunAsync(stoppingToken) == TellOwners.Batch;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault) || fault is System.Data.Common.DbException)
            {
                logger.OwnerMailBroken(fault);
            }

            if (!isMore)
                await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
