using Portal.Platform;

namespace Portal.Web.Provisioning;

/// <summary>Looks every few minutes for accounts whose grace is over; on instances of the role <c>delivery</c>.</summary>
internal sealed class AccountPurge(PurgeDueAccounts purge, TimeProvider time, ILogger<AccountPurge> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var isMore = false;
            try
            {
                isMore = await purge.RunAsync(stoppingToken) > 0;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault) || fault is System.Data.Common.DbException)
            {
                logger.PurgeBroken(fault);
            }

            if (!isMore)
                await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
