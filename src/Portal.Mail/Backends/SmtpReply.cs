namespace Portal.Mail.Backends;

/// <summary>A reply as the peer sees it (RFC 5321 section 4.2), with what it does not see beside it.</summary>
/// <param name="Code">The three-digit reply code: 2xx, 4xx or 5xx.</param>
/// <param name="Enhanced">Left out on the wire for a peer that said HELO (RFC 2034 section 4).</param>
/// <param name="Text">Public text on one line of printable ASCII; anything else is replaced by <c>?</c> before it is sent.</param>
public sealed record SmtpReply(int Code, EnhancedStatusCode? Enhanced, string Text)
{
    /// <summary>Why, for our own logs. Never sent.</summary>
    public string? PrivateCause { get; init; }

    /// <summary>Whether the peer may take the command as done (2xx).</summary>
    public bool IsPositive => Code is >= 200 and <= 299;
}
