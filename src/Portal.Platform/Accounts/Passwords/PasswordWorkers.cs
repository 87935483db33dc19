using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Portal.Passwords;

namespace Portal.Platform.Accounts.Passwords;

/// <summary>Hashes and checks the passwords of accounts on the few threads of <see cref="BcryptLanes"/>.</summary>
public sealed class PasswordWorkers : IDisposable
{
    public static readonly Failure Busy = new("busy", "Too many people are signing in at this moment. Try again in a few seconds.");

    private readonly BcryptPasswordHasher hasher;
    private readonly BcryptLanes lanes;

    public PasswordWorkers(BcryptPasswordHasher hasher, IOptions<PlatformOptions> options)
    {
        this.hasher = hasher;
        lanes = new BcryptLanes(options.Value.BcryptThreads, options.Value.BcryptQueueLength, "bcrypt");
        // The decoy is ready before the first sign-in, so that the first unknown account takes no longer than the next.
        _ = lanes.RunAsync<string?>(() => hasher.Decoy, whenFull: null, isSuspect: false, CancellationToken.None);
    }

    /// <returns>The new hash, or null when the queue is full.</returns>
    public Task<string?> HashAsync(string password, CancellationToken cancellationToken) =>
        lanes.RunAsync<string?>(() => hasher.Hash(password), whenFull: null, isSuspect: false, cancellationToken);

    /// <param name="hash">The stored hash; null stands for "no such account" and costs the same.</param>
    /// <param name="isSuspect">Waits in the lane of those who guessed wrong lately. Must not depend on whether there is an account.</param>
    /// <returns>The verdict, or null when the lane is full.</returns>
    public Task<PasswordVerificationResult?> VerifyAsync(
        string? hash, string password, CancellationToken cancellationToken, bool isSuspect = false) =>
        lanes.RunAsync<PasswordVerificationResult?>(() => hasher.Verify(hash ?? hasher.Decoy, password), whenFull: null, isSuspect, cancellationToken);

    public void Dispose() => lanes.Dispose();
}
