namespace Portal.Platform;

/// <summary>Limits of the platform's accounts. Section <c>Portal:Platform</c>.</summary>
public sealed class PlatformOptions
{
    /// <summary>bcrypt work factor as a power of two; stored hashes of another cost are renewed at the next sign-in.</summary>
    public int BcryptCost { get; set; } = 12;

    /// <summary>Threads that compute bcrypt. 0 = half of the processors, at least one.</summary>
    public int BcryptThreads { get; set; }

    /// <summary>Password checks that may wait for a thread; one more is told that the server is busy.</summary>
    public int BcryptQueueLength { get; set; } = 64;

    /// <summary>Failed sign-ins in a row that lock an account.</summary>
    public int LockoutFailures { get; set; } = 10;

    /// <summary>How long a locked account stays locked.</summary>
    public TimeSpan LockoutDuration { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Failed sign-in or set-up attempts of one address (IPv4 address, IPv6 /64) per <see cref="AttemptWindow"/>.</summary>
    public int AttemptsPerAddress { get; set; } = 20;

    /// <summary>Failed attempts of one network (IPv4 /24, IPv6 /48) per <see cref="AttemptWindow"/>.</summary>
    public int AttemptsPerNetwork { get; set; } = 100;

    /// <summary>Time in which spent attempts come back in full.</summary>
    public TimeSpan AttemptWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest life of a session, however much it is used.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>A session that is not used for so long ends.</summary>
    public TimeSpan SessionIdleTimeout { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long a checked session or token is believed before the database is asked again: the upper bound of a revocation's delay.</summary>
    public TimeSpan CredentialCacheLifetime { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How long a proof of identity counts for acts on keys, credentials, e-mail, second factors and deletion.</summary>
    public TimeSpan StepUpWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Path of the operator's own list of breached passwords: Pwned Passwords of Have I Been Pwned, SHA-1 ordered by hash. Null: only the
    /// list that comes with the portal.
    /// </summary>
    public string? BreachedPasswordsFile { get; set; }

    /// <summary>Passkeys that one account may have.</summary>
    public int PasskeysPerAccount { get; set; } = 20;

    /// <summary>Where people reach the portal: links in its messages begin with it. The host takes it from <c>Portal:PublicUrl</c>.</summary>
    public Uri PublicUrl { get; set; } = new("http://localhost:5080/");

    /// <summary>Time between the request to delete an account and its destruction, in which it can be kept.</summary>
    public TimeSpan DeletionGrace { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a set-up link is good for.</summary>
    public TimeSpan SetupLinkLifetime { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>How long an invitation is good for.</summary>
    public TimeSpan InviteLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long the link is good for that proves the address of a new account or an account's new address.</summary>
    public TimeSpan VerifyLinkLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long the link to a new password is good for.</summary>
    public TimeSpan ResetLinkLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Messages of one kind that the portal sends to one address in an hour, where somebody else can be the cause of them.</summary>
    public int MailsPerHour { get; set; } = 5;

    /// <summary>Sign-up and reset answer no sooner than this, so that the time does not tell whether there is an account.</summary>
    public TimeSpan LeastAnswerTime { get; set; } = TimeSpan.FromMilliseconds(250);
}
