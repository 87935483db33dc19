namespace Portal.Platform.Accounts.SetUp;

/// <summary>The one-time link by which the first admin is made. Only the token's SHA-256 is kept.</summary>
public sealed class SetupLink
{
    public Guid Id { get; set; }

    /// <summary>SHA-256 of the token, 32 bytes.</summary>
    public required byte[] TokenHash { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? UsedAt { get; set; }
}
