using static Portal.Mail.Smtp.Replies.Refusals;
using static Portal.Mail.Smtp.Replies.SubmissionRefusals;
using static Portal.Mail.Smtp.SmtpState;

namespace Portal.Mail.Smtp;

/// <summary>
/// Submission's transitions (RFC 6409 section 4, RFC 4954 sections 4 and 6, RFC 3207 section 4): nothing but the way into TLS, then
/// nothing but the way to a login, then mail. A session allowed in clear starts in Connected too, and may still go into TLS.
/// </summary>
internal static class SmtpSubmissionStates
{
#pragma warning disable format // A table reads by its columns.
    public static readonly SmtpStateTable Table = new([InClear, GreetedInClear, Connected, Greeted, Ready, HasSender, HasRecipients], new()
    {
        //                       in InClear,      in GreetedInClear, in Connected, in Greeted,  in Ready,         in HasSender,       in HasRecipients
        [SmtpVerb.Ehlo] =       [GreetedInClear,  GreetedInClear,    Greeted,      Greeted,     Ready,            Ready,              Ready],
        [SmtpVerb.Helo] =       [TlsFirst,        TlsFirst,          Greeted,      Greeted,     Ready,            Ready,              Ready],
        [SmtpVerb.StartTls] =   [HelloFirst,      Connected,         HelloFirst,   Connected,   AlreadySignedIn,  DuringTransaction,  DuringTransaction],
        [SmtpVerb.Auth] =       [TlsFirst,        TlsFirst,          HelloFirst,   Ready,       AlreadySignedIn,  DuringTransaction,  DuringTransaction],
        [SmtpVerb.Mail] =       [TlsFirst,        TlsFirst,          AuthFirst,    AuthFirst,   HasSender,        NestedMail,         NestedMail],
        [SmtpVerb.Rcpt] =       [TlsFirst,        TlsFirst,          AuthFirst,    AuthFirst,   MailFirst,        HasRecipients,      HasRecipients],
        [SmtpVerb.Data] =       [TlsFirst,        TlsFirst,          AuthFirst,    AuthFirst,   MailFirst,        NoRecipients,       Ready],
        [SmtpVerb.Rset] =       [TlsFirst,        TlsFirst,          Connected,    Greeted,     Ready,            Ready,              Ready],
        [SmtpVerb.Noop] =       [TlsFirst,        TlsFirst,          Connected,    Greeted,     Ready,            HasSender,          HasRecipients],
        [SmtpVerb.Vrfy] =       [TlsFirst,        TlsFirst,          AuthFirst,    AuthFirst,   Ready,            HasSender,          HasRecipients],
        [SmtpVerb.Help] =       [TlsFirst,        TlsFirst,          AuthFirst,    AuthFirst,   Ready,            HasSender,          HasRecipients],
        [SmtpVerb.Quit] =       [InClear,         GreetedInClear,    Connected,    Greeted,     Ready,            HasSender,          HasRecipients],
    });
#pragma warning restore format
}
