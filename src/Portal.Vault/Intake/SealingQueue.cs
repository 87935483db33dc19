using Microsoft.Extensions.Options;
using Portal.Smime;

namespace Portal.Vault.Intake;

/// <summary>Deliveries wait here for room to seal in, for a time.</summary>
internal sealed class SealingQueue(SealingMemory memory, IOptions<SealingOptions> options, SealingMetrics metrics, TimeProvider time)
{
    /// <returns>Null when there was none in time.</returns>
    public async Task<SealingRoom?> TakeAsync(long bytes, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.Value.SealingWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await memory.TakeAsync(bytes, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            metrics.FoundNoRoom();
            return null;
        }
    }
}
