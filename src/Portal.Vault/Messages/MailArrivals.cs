using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Portal.Vault.Messages;

/// <summary>
/// Tells whoever watches a vaultbox of its stored messages, on every instance: PostgreSQL NOTIFY on <see cref="NotifyChannel"/>,
/// payload <c>vaultbox:message</c>. Announced after the commit, from one connection: a NOTIFY inside the storing transactions would
/// make their commits wait for each other (PostgreSQL commits those one at a time).
/// </summary>
public sealed class MailArrivals(
    [FromKeyedServices(typeof(VaultContext))] NpgsqlDataSource dataSource, TimeProvider time, ILogger<MailArrivals> logger) : BackgroundService
{
    private const string NotifyChannel = "vault_mail";

    /// <summary>Announcements waiting to be sent; above this the oldest go, and a watcher sees the mail at its next listing.</summary>
    private const int PendingAnnouncements = 10_000;

    /// <summary>A watcher that falls this far behind loses the oldest: it lists again anyway.</summary>
    private const int PendingPerWatcher = 100;

    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, ConcurrentDictionary<Channel<Guid>, byte>> _watchers = new();

    private readonly Channel<string> _announcements = Channel.CreateBounded<string>(
        new BoundedChannelOptions(PendingAnnouncements) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    internal void Announce(Guid vaultboxId, Guid messageId) => _announcements.Writer.TryWrite($"{vaultboxId}:{messageId}");

    /// <summary>Ids of messages as they are stored; <see cref="Guid.Empty"/> when some may have been missed: list again.</summary>
    internal Channel<Guid> Watch(Guid vaultboxId)
    {
        var channel = Channel.CreateBounded<Guid>(new BoundedChannelOptions(PendingPerWatcher) { FullMode = BoundedChannelFullMode.DropOldest });
        _watchers.GetOrAdd(vaultboxId, static _ => new()).TryAdd(channel, 0);
        return channel;
    }

    internal void Unwatch(Guid vaultboxId, Channel<Guid> channel)
    {
        if (_watchers.TryGetValue(vaultboxId, out var channels))
            channels.TryRemove(channel, out _);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RepeatAsync(ListenAsync, stoppingToken),
        RepeatAsync(SendAnnouncementsAsync, stoppingToken));

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
                logger.ListeningFailed(e);
            }

            await Task.Delay(ReconnectDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, notification) => Tell(notification.Payload);
        await using (var listen = new NpgsqlCommand("LISTEN " + NotifyChannel, connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);
        TellAll();
        while (!cancellationToken.IsCancellationRequested)
            await connection.WaitAsync(cancellationToken);
    }

    private async Task SendAnnouncementsAsync(CancellationToken cancellationToken)
    {
        while (await _announcements.Reader.WaitToReadAsync(cancellationToken))
        {
            var payloads = new List<string>();
            while (payloads.Count < 100 && _announcements.Reader.TryRead(out var payload))
                payloads.Add(payload);
            await using var command = dataSource.CreateCommand("SELECT pg_notify($1, payload) FROM unnest($2) AS payload");
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = NotifyChannel });
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. payloads] });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private void Tell(string payload)
    {
        var colon = payload.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !Guid.TryParse(payload.AsSpan(0, colon), out var vaultboxId) || !Guid.TryParse(payload.AsSpan(colon + 1), out var messageId))
            return;
        if (_watchers.TryGetValue(vaultboxId, out var channels))
        {
            foreach (var channel in channels.Keys)
                channel.Writer.TryWrite(messageId);
        }
    }

    private void TellAll()
    {
        foreach (var channel in _watchers.Values.SelectMany(channels => channels.Keys))
            channel.Writer.TryWrite(Guid.Empty);
    }
}
