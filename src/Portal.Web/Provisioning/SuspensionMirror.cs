using System.Data.Common;
using System.Threading.Channels;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Vault.Credentials;

namespace Portal.Web.Provisioning;

/// <summary>
/// Tells the vault's database which accounts may not sign in, so that its devices stop with the account: sign-in to one database never
/// asks the other. At once when an account changes, and every half minute for what was missed; on instances of the role <c>delivery</c>.
/// </summary>
internal sealed class SuspensionMirror(
    AccountWatch accounts, ListSuspendedUsers listSuspendedUsers, MirrorSuspendedOwners mirror, TimeProvider time, ILogger<SuspensionMirror> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly Channel<bool> signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watch = accounts.WatchAccounts(() => signals.Writer.TryWrite(true));
        using var timer = time.CreateTimer(_ => signals.Writer.TryWrite(true), null, TimeSpan.Zero, Interval);
        try
        {
            await foreach (var _ in signals.Reader.ReadAllAsync(stoppingToken))
                await RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var changed = await mirror.HandleAsync(listSuspendedUsers.HandleAsync, cancellationToken);
            if (changed > 0)
                logger.SuspensionsMirrored(changed);
        }
        catch (Exception fault) when (fault is DbException or TimeoutException or IOException or InvalidOperationException)
        {
            logger.MirrorBroken(fault.GetType().Name);
        }
    }
}
