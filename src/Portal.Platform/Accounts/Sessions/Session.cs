using System.Net;

namespace Portal.Platform.Accounts.Sessions;

/// <summary>One signed-in browser. The cookie names the row; without the row the cookie is worth nothing.</summary>
public sealed class Session
{
    public Guid Id { get; set; }

    public Guid UserId { get; set; }

    /// <summary>How the person proved who they are: <c>password</c>.</summary>
    public required string AuthMethod { get; set; }

    public IPAddress? Ip { get; set; }

    public string? UserAgent { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset LastSeenAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
