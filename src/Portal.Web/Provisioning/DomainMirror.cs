using Portal.Platform;
using Portal.Platform.Domains;
using Portal.Vault.Domains;

namespace Portal.Web.Provisioning;

/// <summary>
/// Tells the vault's database every half minute which domains are the portal's: intake never asks the platform's. On instances of the
/// role <c>delivery</c>.
/// </summary>
internal sealed class DomainMirror(ListVerifiedDomains listVerifiedDomains, MirrorMailDomains mirror, TimeProvider time, ILogger<DomainMirror> logger)
    : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await mirror.HandleAsync(ReadAsync, stoppingToken) is > 0 and var changed)
                    logger.DomainsMirrored(changed);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault) || fault is System.Data.Common.DbException)
            {
                logger.DomainMirrorBroken(fault.GetType().Name);
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<IReadOnlyList<MailDomain>> ReadAsync(CancellationToken cancellationToken) =>
        [.. (await listVerifiedDomains.HandleAsync(cancellationToken)).Select(domain => new MailDomain { Domain = domain.Domain, Shared = domain.Shared })];
}
