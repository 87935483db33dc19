using System.Collections.Concurrent;

namespace Portal.Passwords;

/// <summary>
/// A few threads that compute bcrypt, with a bounded queue before them: a flood of attempts waits or is turned away, and other work
/// keeps its processors. Two lanes: who comes from where, or by a name for which, passwords were wrong lately waits in a lane of its
/// own, so that a flood of guesses does not keep the others out.
/// </summary>
public sealed class BcryptLanes : IDisposable
{
    /// <summary>So often a thread looks at the suspects first, so that they are not kept out for ever.</summary>
    private const int SuspectsTurn = 4;

    private readonly BlockingCollection<Action> calm;
    private readonly BlockingCollection<Action> suspects;

    /// <param name="threads">0: half of the processors, at least one.</param>
    /// <param name="queueLength">Calls that may wait in each lane.</param>
    /// <param name="name">Of the threads.</param>
    public BcryptLanes(int threads, int queueLength, string name)
    {
        calm = new BlockingCollection<Action>(queueLength);
        suspects = new BlockingCollection<Action>(queueLength);
        var count = threads > 0 ? threads : Math.Max(1, Environment.ProcessorCount / 2);
        for (var i = 0; i < count; i++)
            new Thread(Work) { IsBackground = true, Name = $"{name}-{i}" }.Start();
    }

    /// <summary>Calls that wait for a thread now.</summary>
    public int Waiting => calm.Count + suspects.Count;

    /// <param name="isSuspect">Takes the lane of those who guessed wrong lately. Must not depend on whether there is an account.</param>
    /// <returns>What the work gave, or <paramref name="whenFull"/> at once when the lane is full.</returns>
    public Task<T> RunAsync<T>(Func<T> work, T whenFull, bool isSuspect, CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var taken = (isSuspect ? suspects : calm).TryAdd(() =>
        {
            if (cancellationToken.IsCancellationRequested)
            {
                completion.TrySetCanceled(cancellationToken);
                return;
            }

            // The outermost loop of these threads: a fault belongs to the caller who waits.
            try
            {
                completion.TrySetResult(work());
            }
            catch (Exception fault)
            {
                completion.TrySetException(fault);
            }
        });
        return taken ? completion.Task : Task.FromResult(whenFull);
    }

    public void Dispose()
    {
        calm.CompleteAdding();
        suspects.CompleteAdding();
    }

    private void Work()
    {
        ThreadNiceness.StandBack();
        BlockingCollection<Action>[] calmFirst = [calm, suspects];
        BlockingCollection<Action>[] suspectsFirst = [suspects, calm];
        // Of several lanes that hold something the first is taken from.
        for (var turn = 1; !calm.IsCompleted || !suspects.IsCompleted; turn++)
        {
            if (BlockingCollection<Action>.TryTakeFromAny(turn % SuspectsTurn == 0 ? suspectsFirst : calmFirst, out var work, Timeout.Infinite) >= 0)
                work!();
        }
    }
}
