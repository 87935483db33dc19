namespace Portal.Mail.Backends;

public enum SmtpObservationKind
{
    /// <summary>A peer connected and was greeted.</summary>
    Connected,

    /// <summary>The protocol itself refused something, or ended the session.</summary>
    Refused,
}

/// <summary>Something the protocol did without asking the backend; free of message content.</summary>
/// <param name="Reply">What the peer was told; null when the connection was closed without a reply.</param>
/// <param name="Reason">A stable snake_case code, listed in docs/guides/intake-options.md and submission-options.md.</param>
/// <param name="Command">The verb it answered, or null outside a command.</param>
/// <param name="Transaction">The open transaction, when there is one: tells whose mail was refused.</param>
public sealed record SmtpObservation(
    SmtpObservationKind Kind,
    SmtpPeer Peer,
    SmtpReply? Reply,
    string Reason,
    string? Command,
    MailTransaction? Transaction);
