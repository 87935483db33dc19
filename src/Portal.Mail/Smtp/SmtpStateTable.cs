using Portal.Mail.Smtp.Replies;
using static Portal.Mail.Smtp.Replies.Refusals;
using static Portal.Mail.Smtp.SmtpState;

namespace Portal.Mail.Smtp;

/// <summary>Every legal transition of the intake (RFC 5321 section 4.1.4): the state after a positive reply, or the refusal.</summary>
internal static class SmtpStateTable
{
    internal readonly record struct Cell(SmtpState Next, Refusal? Refusal)
    {
        public static implicit operator Cell(SmtpState next) => new(next, null);

        public static implicit operator Cell(Refusal refusal) => new(default, refusal);
    }

#pragma warning disable format // A table reads by its columns.
    private static readonly Dictionary<SmtpVerb, Cell[]> Rows = new()
    {
        //                       in Connected, in Ready,      in HasSender,       in HasRecipients
        [SmtpVerb.Ehlo] =       [Ready,        Ready,         Ready,              Ready],
        [SmtpVerb.Helo] =       [Ready,        Ready,         Ready,              Ready],
        [SmtpVerb.Mail] =       [HelloFirst,   HasSender,     NestedMail,         NestedMail],
        [SmtpVerb.Rcpt] =       [HelloFirst,   MailFirst,     HasRecipients,      HasRecipients],
        [SmtpVerb.Data] =       [HelloFirst,   MailFirst,     NoRecipients,       Ready],
        [SmtpVerb.Rset] =       [Connected,    Ready,         Ready,              Ready],
        [SmtpVerb.Noop] =       [Connected,    Ready,         HasSender,          HasRecipients],
        [SmtpVerb.Vrfy] =       [Connected,    Ready,         HasSender,          HasRecipients],
        [SmtpVerb.Help] =       [Connected,    Ready,         HasSender,          HasRecipients],
        [SmtpVerb.StartTls] =   [HelloFirst,   Connected,     DuringTransaction,  DuringTransaction],
        [SmtpVerb.Quit] =       [Connected,    Ready,         HasSender,          HasRecipients],
    };
#pragma warning restore format

    public static Cell Look(SmtpState state, SmtpVerb verb) => Rows[verb][(int)state];
}
