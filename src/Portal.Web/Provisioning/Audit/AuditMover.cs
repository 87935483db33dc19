using System.Threading.Channels;
using Portal.Audit;
using Portal.Platform;
using Portal.Vault;

namespace Portal.Web.Provisioning.Audit;

/// <summary>
/// Chains acts as they are committed: each database calls when its outbox has something, and every half minute it is looked at unasked.
/// On instances of the role <c>delivery</c>.
/// </summary>
internal sealed class AuditMover(
    MoveAudit move, AuditSource<PlatformContext> platform, AuditSource<VaultContext> vault, TimeProvider time, ILogger<AuditMover> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = time.CreateTimer(_ => Signal(), null, TimeSpan.Zero, Interval);
        await Task.WhenAll(ListenAsync(platform.ListenAsync, stoppingToken), ListenAsync(vault.ListenAsync, stoppingToken), WorkAsync(stoppingToken));
    }

    private void Signal() => signals.Writer.TryWrite(true);

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await signals.Reader.ReadAsync(cancellationToken);
                if (await move.RunAsync(cancellationToken) is > 0 and var taken)
                    logger.ActsChained(taken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // Whatever it is: what cannot be chained now waits, and the instance goes on.
                logger.ChainingBroken(fault);
            }
        }
    }

    private async Task ListenAsync(Func<Action, CancellationToken, Task> listen, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await listen(Signal, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                logger.OutboxUnheard(fault.GetType().Name);
            }

            await Task.Delay(ReconnectDelay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
