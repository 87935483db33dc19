namespace Portal.Platform.Accounts.SecondFactor;

/// <summary>A WebAuthn credential of an account: its public part.</summary>
public sealed class Passkey
{
    public Guid Id { get; set; }

    public Guid UserId { get; set; }

    /// <summary>Chosen by the authenticator, at most 1,023 bytes (WebAuthn section 4).</summary>
    public required byte[] CredentialId { get; set; }

    /// <summary>COSE_Key.</summary>
    public required byte[] PublicKey { get; set; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; set; }

    public long SignCount { get; set; }

    public string[] Transports { get; set; } = [];

    public bool IsUserVerified { get; set; }

    public bool IsBackupEligible { get; set; }

    public bool IsBackedUp { get; set; }

    public required byte[] AttestationObject { get; set; }

    public required byte[] ClientDataJson { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }
}
