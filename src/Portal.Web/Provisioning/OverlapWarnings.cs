using Portal.Platform;

namespace Portal.Web.Provisioning;

/// <summary>Looks every few minutes for devices whose old password is about to end; on instances of the role <c>delivery</c>.</summary>
internal sealed class OverlapWarnings(WarnOfEndingOverlaps warn, TimeProvider time, ILogger<OverlapWarnings> logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var isMore = false;
            try
            {
                isMore = await warn.RunAsync(stoppingToken) > 0;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault) || fault is System.Data.Common.DbException)
            {
                logger.OverlapWarningsBroken(fault);
            }

            if (!isMore)
                await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
