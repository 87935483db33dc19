using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Portal.Platform.Accounts.Sessions;

/// <summary>
/// Hears, on every instance, that a session or account has changed (<see cref="AccountChange"/>): forgets what was believed of it and
/// tells whoever holds something open in its name, within moments of the commit. After a lost connection everybody is told, for
/// something may have been missed.
/// </summary>
public sealed class AccountWatch(
    [FromKeyedServices(typeof(PlatformContext))] NpgsqlDataSource dataSource,
    AccountCache cache,
    TimeProvider time,
    ILogger<AccountWatch> logger) : BackgroundService
{
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, List<Watcher>> watchers = [];
    private readonly List<Action> ofAccounts = [];

    /// <summary>Completes when changes are heard for the first time.</summary>
    public Task Listening => listening.Task;

    /// <param name="sessionId">Null for the bearer of a token.</param>
    /// <param name="changed">Called on another thread; it must return at once and ask the database itself what is left.</param>
    /// <returns>Ends the watch.</returns>
    public IDisposable Watch(Guid? sessionId, Guid userId, Action changed) => Add(sessionId is { } session ? [session, userId] : [userId], changed);

    /// <param name="actor">Of a support view the supporter's own account counts as well: with their role the view is over.</param>
    /// <inheritdoc cref="Watch(Guid?, Guid, Action)"/>
    public IDisposable Watch(Actor actor, Action changed) => Add(
        [.. actor.SessionId is { } session ? [session] : Array.Empty<Guid>(), actor.UserId, .. actor.Support is { } view ? [view.SupporterId] : Array.Empty<Guid>()],
        changed);

    private Watcher Add(IReadOnlyList<Guid> ids, Action changed)
    {
        var watcher = new Watcher(this, ids, changed);
        lock (gate)
        {
            foreach (var id in watcher.Ids)
            {
                if (!watchers.TryGetValue(id, out var of))
                    watchers[id] = of = [];
                of.Add(watcher);
            }
        }

        return watcher;
    }

    /// <param name="changed">Called for a change of any account (not of a mere session); it must return at once.</param>
    /// <returns>Ends the watch.</returns>
    public IDisposable WatchAccounts(Action changed)
    {
        lock (gate)
            ofAccounts.Add(changed);
        return new AccountsWatcher(this, changed);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException or InvalidOperationException)
            {
                logger.WatchFailed(fault);
            }

            await Task.Delay(ReconnectDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, notification) => Hear(notification.Payload);
        await using (var listen = new NpgsqlCommand("LISTEN " + AccountChange.Channel, connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);
        TellAll();
        listening.TrySetResult();
        while (!cancellationToken.IsCancellationRequested)
            await connection.WaitAsync(cancellationToken);
    }

    /// <param name="payload">As <c>session:uuid</c>, <c>account:uuid</c> or <c>look:uuid</c>.</param>
    private void Hear(string payload)
    {
        if (!Guid.TryParse(payload.AsSpan(payload.IndexOf(':', StringComparison.Ordinal) + 1), out var id))
            return;
        if (!payload.StartsWith(AccountChange.Look, StringComparison.Ordinal))
            cache.Clear();
        Action[] told;
        lock (gate)
        {
            told =
            [
                .. watchers.TryGetValue(id, out var of) ? of.Select(watcher => watcher.Changed) : [],
                .. payload.StartsWith("account:", StringComparison.Ordinal) ? ofAccounts : [],
            ];
        }

        foreach (var changed in told)
            changed();
    }

    private void TellAll()
    {
        cache.Clear();
        Action[] told;
        lock (gate)
            told = [.. watchers.Values.SelectMany(of => of).Distinct().Select(watcher => watcher.Changed), .. ofAccounts];
        foreach (var changed in told)
            changed();
    }

    private void Remove(Watcher watcher)
    {
        lock (gate)
        {
            foreach (var id in watcher.Ids)
            {
                if (watchers.TryGetValue(id, out var of) && of.Remove(watcher) && of.Count == 0)
                    watchers.Remove(id);
            }
        }
    }

    private sealed class Watcher(AccountWatch owner, IReadOnlyList<Guid> ids, Action changed) : IDisposable
    {
        public IReadOnlyList<Guid> Ids => ids;

        public Action Changed => changed;

        public void Dispose() => owner.Remove(this);
    }

    private sealed class AccountsWatcher(AccountWatch owner, Action changed) : IDisposable
    {
        public void Dispose()
        {
            lock (owner.gate)
                owner.ofAccounts.Remove(changed);
        }
    }
}
