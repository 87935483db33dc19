using System.Collections.Concurrent;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Portal.Platform.Accounts.Passwords;

/// <summary>
/// The few threads that compute bcrypt, with a bounded queue before them: a flood of sign-ins waits or is turned away,
/// and the other requests keep their processors. Two lanes: who comes from where, or by a name for which, passwords were wrong
/// lately waits in a lane of its own, so that a flood of guesses does not keep the others out.
/// </summary>
public sealed class PasswordWorkers : IDisposable
{
    public static readonly Failure Busy = new("busy", "Too many people are signing in at this moment. Try again in a few seconds.");

    private readonly BcryptPasswordHasher hasher;
    /// <summary>So often a worker looks at the suspects first, so that they are not kept out for ever.</summary>
    private const int SuspectsTurn = 4;

    private readonly BlockingCollection<Action> calm;
    private readonly BlockingCollection<Action> suspects;

    public PasswordWorkers(BcryptPasswordHasher hasher, IOptions<PlatformOptions> options)
    {
        this.hasher = hasher;
        calm = new BlockingCollection<Action>(options.Value.BcryptQueueLength);
        suspects = new BlockingCollection<Action>(options.Value.BcryptQueueLength);
        var threads = options.Value.BcryptThreads > 0 ? options.Value.BcryptThreads : Math.Max(1, Environment.ProcessorCount / 2);
        // The decoy is ready before the first sign-in, so that the first unknown account takes no longer than the next.
        calm.Add(() => _ = hasher.Decoy);
        for (var i = 0; i < threads; i++)
            new Thread(Work) { IsBackground = true, Name = $"bcrypt-{i}", Priority = ThreadPriority.BelowNormal }.Start();
    }

    /// <returns>The new hash, or null when the queue is full.</returns>
    public Task<string?> HashAsync(string password, CancellationToken cancellationToken) =>
        EnqueueAsync<string?>(calm, () => hasher.Hash(password), null, cancellationToken);

    /// <param name="hash">The stored hash; null stands for "no such account" and costs the same.</param>
    /// <param name="isSuspect">Waits in the lane of those who guessed wrong lately. Must not depend on whether there is an account.</param>
    /// <returns>The verdict, or null when the lane is full.</returns>
    public Task<PasswordVerificationResult?> VerifyAsync(
        string? hash, string password, CancellationToken cancellationToken, bool isSuspect = false) =>
        EnqueueAsync<PasswordVerificationResult?>(isSuspect ? suspects : calm, () => hasher.Verify(hash ?? hasher.Decoy, password), null, cancellationToken);

    public void Dispose()
    {
        calm.CompleteAdding();
        suspects.CompleteAdding();
    }

    private static Task<T> EnqueueAsync<T>(BlockingCollection<Action> lane, Func<T> work, T whenFull, CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var taken = lane.TryAdd(() =>
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

    private void Work()
    {
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
