namespace Portal.Mail.Smtp;

internal enum SmtpState
{
    /// <summary>Greeted by us, not yet by the peer; also after STARTTLS.</summary>
    Connected,

    /// <summary>HELO or EHLO was said; no transaction.</summary>
    Ready,

    /// <summary>MAIL was accepted, no recipient yet.</summary>
    HasSender,

    /// <summary>At least one recipient was accepted.</summary>
    HasRecipients,
}
