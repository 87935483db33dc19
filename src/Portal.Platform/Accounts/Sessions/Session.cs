using System.Net;

namespace Portal.Platform.Accounts.Sessions;

/// <summary>One signed-in browser. The cookie names the row; without the row the cookie is worth nothing.</summary>
public sealed class Session
{
    public Guid Id { get; set; }

    public Guid UserId { get; set; }

    /// <summary>How the person proved who they are: <c>password</c>, <c>password+totp</c>, <c>password+recovery</c>, <c>password+device</c>, <c>passkey</c>.</summary>
    public required string AuthMethod { get; set; }

    /// <summary>When the person last proved who they are: at sign-in, later by step-up.</summary>
    public DateTimeOffset ProvedAt { get; set; }

    public IPAddress? Ip { get; set; }

    public string? UserAgent { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset LastSeenAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>The support view that it shows instead of its own account, while that stands; null: none.</summary>
    public Guid? ViewingGrantId { get; set; }
}
