using System.Data.Common;
using Npgsql;

namespace Portal.Web.MailAuthentication;

/// <summary>
/// Hears what changes in each pool, on every instance: forgets what was remembered of it and has its sessions looked at again. After a
/// lost connection all of the pool is, for something may have been missed; until then nothing remembered is believed unasked. Whether
/// it really hears is asked every few seconds: what it announces itself must come back.
/// </summary>
internal sealed class CredentialWatch(
    CredentialPools pools, CheckedPasswords known, LiveSignIns live, TimeProvider time, ILogger<CredentialWatch> logger) : BackgroundService
{
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(1);

    /// <summary>Between two questions, and for the answer.</summary>
    private static readonly TimeSpan AskAfter = TimeSpan.FromSeconds(3);

    private readonly Dictionary<CredentialPoolState, TaskCompletionSource> heard = pools.All.ToDictionary(
        state => state, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Completes when the changes of every pool are heard for the first time.</summary>
    public Task Listening => Task.WhenAll(heard.Values.Select(source => source.Task));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(pools.All.Select(state => WatchAsync(state, stoppingToken)));

    private async Task WatchAsync(CredentialPoolState state, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(state, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is DbException or TimeoutException or IOException or InvalidOperationException)
            {
                logger.WatchBroken(state.Pool.Name, fault.GetType().Name);
            }
            finally
            {
                state.IsHeard = false;
            }

            await Task.Delay(ReconnectDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CredentialPoolState state, CancellationToken cancellationToken)
    {
        var question = $"ask:{Guid.NewGuid()}";
        var isAnswered = false;
        await using var connection = await ((NpgsqlDataSource)state.Pool.Connections).OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, notification) =>
        {
            isAnswered |= string.Equals(notification.Payload, question, StringComparison.Ordinal);
            if (state.Pool.ChangedId(notification.Payload) is not { } id)
                return;
            known.Forget(state, id);
            live.Recheck(state, id);
        };
        await using (var listen = new NpgsqlCommand(string.Join("; ", state.Pool.Channels.Select(channel => $"LISTEN {channel}")), connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);
        known.Forget(state);
        live.Recheck(state, null);
        while (true)
        {
            isAnswered = false;
            var asked = time.GetTimestamp();
            await using (var ask = new NpgsqlCommand("SELECT pg_notify($1, $2)", connection))
            {
                ask.Parameters.Add(new NpgsqlParameter<string> { TypedValue = state.Pool.Channels[0] });
                ask.Parameters.Add(new NpgsqlParameter<string> { TypedValue = question });
                await ask.ExecuteNonQueryAsync(cancellationToken);
            }

            // A proxy that shares connections between clients takes LISTEN and delivers nothing.
            while (!isAnswered)
            {
                if (!await connection.WaitAsync(AskAfter, cancellationToken))
                    throw new TimeoutException("What the watch announced did not come back.");
            }

            state.IsHeard = true;
            heard[state].TrySetResult();
            // Not sooner: what one instance asks wakes the others.
            while (AskAfter - time.GetElapsedTime(asked) is { Ticks: > 0 } left)
                await connection.WaitAsync(left, cancellationToken);
        }
    }
}
