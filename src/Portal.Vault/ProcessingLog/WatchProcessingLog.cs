using System.Runtime.CompilerServices;

namespace Portal.Vault.ProcessingLog;

public sealed record WatchProcessingLogRequest(VaultActor Actor);

/// <summary>An item whenever the log may have new rows, until cancelled. It says nothing of them: the watcher lists what it may see.</summary>
public sealed class WatchProcessingLog(ProcessingLogSignal signal)
{
    public Task<VaultResult<IAsyncEnumerable<bool>>> HandleAsync(WatchProcessingLogRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(request.Actor.Has(VaultScopes.LogsRead)
            ? new VaultResult<IAsyncEnumerable<bool>>(NewsAsync(cancellationToken), null)
            : request.Actor.Refusal);

    private async IAsyncEnumerable<bool> NewsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = signal.Watch();
        try
        {
            await foreach (var news in channel.Reader.ReadAllAsync(cancellationToken))
                yield return news;
        }
        finally
        {
            signal.Unwatch(channel);
        }
    }
}
