using System.Collections.Concurrent;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Portal.Platform.Accounts.Passwords;

/// <summary>
/// The few threads that compute bcrypt, with a bounded queue before them: a flood of sign-ins waits or is turned away,
/// and the other requests keep their processors.
/// </summary>
public sealed class PasswordWorkers : IDisposable
{
    public static readonly Failure Busy = new("busy", "Too many people are signing in at this moment. Try again in a few seconds.");

    private readonly BcryptPasswordHasher hasher;
    private readonly BlockingCollection<Action> queue;

    public PasswordWorkers(BcryptPasswordHasher hasher, IOptions<PlatformOptions> options)
    {
        this.hasher = hasher;
        queue = new BlockingCollection<Action>(options.Value.BcryptQueueLength);
        var threads = options.Value.BcryptThreads > 0 ? options.Value.BcryptThreads : Math.Max(1, Environment.ProcessorCount / 2);
        // The decoy is ready before the first sign-in, so that the first unknown account takes no longer than the next.
        queue.Add(() => _ = hasher.Decoy);
        for (var i = 0; i < threads; i++)
            new Thread(Work) { IsBackground = true, Name = $"bcrypt-{i}", Priority = ThreadPriority.BelowNormal }.Start();
    }

    /// <returns>The new hash, or null when the queue is full.</returns>
    public Task<string?> HashAsync(string password, CancellationToken cancellationToken) =>
        EnqueueAsync<string?>(() => hasher.Hash(password), null, cancellationToken);

    /// <param name="hash">The stored hash; null stands for "no such account" and costs the same.</param>
    /// <returns>The verdict, or null when the queue is full.</returns>
    public Task<PasswordVerificationResult?> VerifyAsync(string? hash, string password, CancellationToken cancellationToken) =>
        EnqueueAsync<PasswordVerificationResult?>(() => hasher.Verify(hash ?? hasher.Decoy, password), null, cancellationToken);

    public void Dispose() => queue.CompleteAdding();

    private Task<T> EnqueueAsync<T>(Func<T> work, T whenFull, CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var taken = queue.TryAdd(() =>
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
        foreach (var work in queue.GetConsumingEnumerable())
            work();
    }
}
