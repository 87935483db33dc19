using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Portal.Vault.ProcessingLog;

/// <summary>
/// Tells whoever looks at the log, on every instance, that it has new rows; which, they ask. Announced after the commit and at most once
/// in <see cref="Rest"/> by an instance, however many rows it writes: NOTIFY in the storing transactions, by a trigger too, would make
/// their commits wait for each other, as PostgreSQL commits those one at a time.
/// </summary>
public sealed class ProcessingLogSignal(
    [FromKeyedServices(typeof(VaultContext))] NpgsqlDataSource dataSource, TimeProvider time, ILogger<ProcessingLogSignal> logger) : BackgroundService
{
    /// <summary>Between two announcements of one instance.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    private const string NotifyChannel = "vault_log";

    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Channel<bool>, byte> _watchers = new();
    private readonly Channel<bool> _news = One();

    internal void Announce() => _news.Writer.TryWrite(true);

    /// <summary>An item when there may be new rows; several that nobody took yet are one.</summary>
    internal Channel<bool> Watch()
    {
        var channel = One();
        _watchers.TryAdd(channel, 0);
        return channel;
    }

    internal void Unwatch(Channel<bool> channel) => _watchers.TryRemove(channel, out _);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RepeatAsync(ListenAsync, stoppingToken),
        RepeatAsync(SendAsync, stoppingToken));

    private static Channel<bool> One() => Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private async Task RepeatAsync(Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await work(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
            {
                logger.SignalInterrupted(e);
            }

            await Task.Delay(ReconnectDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, _) => TellAll();
        await using (var listen = new NpgsqlCommand("LISTEN " + NotifyChannel, connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);
        // Something may have been missed until now.
        TellAll();
        while (!cancellationToken.IsCancellationRequested)
            await connection.WaitAsync(cancellationToken);
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        while (await _news.Reader.WaitToReadAsync(cancellationToken))
        {
            _news.Reader.TryRead(out _);
            await using (var command = dataSource.CreateCommand("NOTIFY " + NotifyChannel))
                await command.ExecuteNonQueryAsync(cancellationToken);
            await Task.Delay(Rest, time, cancellationToken);
        }
    }

    private void TellAll()
    {
        foreach (var channel in _watchers.Keys)
            channel.Writer.TryWrite(true);
    }
}
