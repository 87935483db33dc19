namespace Portal.Platform.Accounts.SecondFactor;

/// <summary>A browser that need not show the second factor at each sign-in. Its cookie holds the token, the database the SHA-256.</summary>
public sealed class RememberedDevice
{
    public Guid Id { get; set; }

    public Guid UserId { get; set; }

    /// <summary>SHA-256 of the token, 32 bytes.</summary>
    public required byte[] TokenHash { get; set; }

    public string? UserAgent { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset LastUsedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }
}
