using System.Data.Common;

namespace Portal.Web.MailAuthentication;

/// <summary>
/// Hears what changes in each pool, on every instance: forgets what was remembered of it and has its sessions looked at again. After a
/// lost connection all of the pool is, for something may have been missed; until then nothing remembered is believed unasked.
/// </summary>
internal sealed class CredentialWatch(
    CredentialPools pools, CheckedPasswords known, LiveSignIns live, TimeProvider time, ILogger<CredentialWatch> logger) : BackgroundService
{
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(1);

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
                await state.Pool.ListenAsync(
                    listening: () =>
                    {
                        known.Forget(state);
                        state.IsHeard = true;
                        live.Recheck(state, null);
                        heard[state].TrySetResult();
                    },
                    changed: id =>
                    {
                        known.Forget(state, id);
                        live.Recheck(state, id);
                    },
                    stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is DbException or TimeoutException or IOException)
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
}
