using Portal.Mail.Backends;

namespace Portal.Mail.Smtp.Replies;

/// <summary>The replies that refuse nothing.</summary>
internal static class SmtpReplies
{
    public static readonly SmtpReply Ok = new(250, new(2, 0, 0), "OK");
    public static readonly SmtpReply SenderOk = new(250, new(2, 1, 0), "Sender OK");
    public static readonly SmtpReply WillNotVerify = new(252, new(2, 0, 0), "Will not verify, but will try to deliver");
    public static readonly SmtpReply Help = new(214, new(2, 0, 0), "EHLO HELO MAIL RCPT DATA RSET NOOP VRFY STARTTLS QUIT: see RFC 5321");
    public static readonly SmtpReply Bye = new(221, new(2, 0, 0), "Bye");
    public static readonly SmtpReply StartTls = new(220, new(2, 0, 0), "Ready to start TLS");

    // RFC 4954 section 6
    public static readonly SmtpReply SignedIn = new(235, new(2, 7, 0), "Authentication succeeded");

    // RFC 2034 section 4: no enhanced code in a 3xx reply, the greeting, or the answer to HELO and EHLO.
    public static readonly SmtpReply StartData = new(354, null, "End data with <CR><LF>.<CR><LF>");

    /// <summary>server-challenge = "334" SP [base64] CRLF (RFC 4954 section 4)</summary>
    public static SmtpReply Challenge(string base64) => new(334, null, base64);

    public static SmtpReply Greeting(string hostName) => new(220, null, hostName + " ESMTP");

    public static SmtpReply Hello(string hostName) => new(250, null, hostName);
}
