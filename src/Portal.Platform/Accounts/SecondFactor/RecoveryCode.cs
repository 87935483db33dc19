namespace Portal.Platform.Accounts.SecondFactor;

/// <summary>A code that stands in for the second factor, once. It has 120 random bits, so SHA-256 keeps it.</summary>
public sealed class RecoveryCode
{
    public Guid Id { get; set; }

    public Guid UserId { get; set; }

    /// <summary>SHA-256 of the code without its separators, 32 bytes.</summary>
    public required byte[] CodeHash { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? UsedAt { get; set; }
}
