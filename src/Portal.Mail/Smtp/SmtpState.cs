namespace Portal.Mail.Smtp;

internal enum SmtpState
{
    /// <summary>Greeted by us, not yet by the peer; also after STARTTLS.</summary>
    Connected,

    /// <summary>The peer may send mail: HELO or EHLO was said, on submission the login accepted too. No transaction.</summary>
    Ready,

    /// <summary>MAIL was accepted, no recipient yet.</summary>
    HasSender,

    /// <summary>At least one recipient was accepted.</summary>
    HasRecipients,

    /// <summary>Submission before TLS: greeted by us, not yet by the peer.</summary>
    InClear,

    /// <summary>Submission before TLS: EHLO was said.</summary>
    GreetedInClear,

    /// <summary>Submission in TLS: HELO or EHLO was said, nobody is signed in.</summary>
    Greeted,
}
