using System.Data.Common;
using Portal.Platform;
using Portal.Platform.Accounts;

namespace Portal.Web.Provisioning.Audit;

/// <summary>Verifies the chain at start-up and every quarter of an hour, on instances of the role <c>delivery</c>; a fault is an error in the log each time.</summary>
internal sealed class AuditChecks(CheckAudit check, TimeProvider time, ILogger<AuditChecks> logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var found = await check.HandleAsync(Actor.Operator, stoppingToken);
                if (found.Value is { Fault: { } fault } broken)
                    logger.ChainBroken(broken.BadSeq ?? 0, fault);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault) || fault is DbException or IOException or UnauthorizedAccessException)
            {
                logger.CheckBroken(fault);
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
