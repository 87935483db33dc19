using System.Net;

namespace Portal.Platform.Accounts.Tokens;

/// <summary>A bearer token of an account. Only its SHA-256 is kept: the token has 256 random bits, so a slow hash would add nothing.</summary>
public sealed class ApiToken
{
    public Guid Id { get; set; }

    public Guid UserId { get; set; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; set; }

    /// <summary>The token's first characters, by which its owner recognises it.</summary>
    public required string Prefix { get; set; }

    /// <summary>SHA-256 of the whole token, 32 bytes.</summary>
    public required byte[] TokenHash { get; set; }

    public required string[] Scopes { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Null: it does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public IPAddress? LastUsedIp { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
