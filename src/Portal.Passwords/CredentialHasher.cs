using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Portal.Passwords;

/// <summary>How passwords of mail programs are hashed; section <c>Portal:Credentials</c>.</summary>
public sealed class CredentialHashOptions
{
    public const string Section = "Portal:Credentials";

    /// <summary>bcrypt work factor as a power of two. Less than an account's: these passwords cannot be guessed.</summary>
    public int BcryptCost { get; set; } = 10;

    /// <summary>Threads that compute bcrypt. 0 = half of the processors, at least one.</summary>
    public int BcryptThreads { get; set; }

    /// <summary>Checks that may wait for a thread; one more is told to try again later.</summary>
    public int BcryptQueueLength { get; set; } = 256;
}

/// <summary>Hashes and checks the passwords of mail programs on threads of their own.</summary>
public sealed class CredentialHasher : IDisposable
{
    private readonly BcryptLanes lanes;
    private readonly int cost;
    private readonly string decoy;

    public CredentialHasher(IOptions<CredentialHashOptions> options)
    {
        cost = options.Value.BcryptCost;
        lanes = new BcryptLanes(options.Value.BcryptThreads, options.Value.BcryptQueueLength, "bcrypt-mail");
        // Made before the first check, so that the first unknown name takes no longer than the next.
        decoy = CredentialHash.Of(RandomNumberGenerator.GetHexString(32), cost);
    }

    /// <summary>Checks that wait for a thread now.</summary>
    public int Waiting => lanes.Waiting;

    /// <returns>Null when too many wait.</returns>
    public Task<string?> HashAsync(GeneratedPassword password, CancellationToken cancellationToken) =>
        lanes.RunAsync<string?>(() => CredentialHash.Of(password.Text, cost), whenFull: null, isSuspect: false, cancellationToken);

    /// <param name="hash">Null stands for a name that is not there and costs the same.</param>
    /// <param name="password">As <see cref="GeneratedPassword.Canonical"/> gave it.</param>
    /// <param name="isSuspect">See <see cref="BcryptLanes.RunAsync"/>.</param>
    /// <returns>Null when too many wait.</returns>
    public Task<bool?> VerifyAsync(string? hash, string password, bool isSuspect, CancellationToken cancellationToken) =>
        lanes.RunAsync<bool?>(() => CredentialHash.Verify(hash ?? decoy, password) && hash is not null, whenFull: null, isSuspect, cancellationToken);

    public void Dispose() => lanes.Dispose();
}
