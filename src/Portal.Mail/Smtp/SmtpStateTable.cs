using Portal.Mail.Smtp.Replies;
using static Portal.Mail.Smtp.Replies.Refusals;
using static Portal.Mail.Smtp.SmtpState;

namespace Portal.Mail.Smtp;

/// <summary>Every legal transition of one server: the state after a positive reply, or the refusal.</summary>
internal sealed class SmtpStateTable(SmtpState[] columns, Dictionary<SmtpVerb, SmtpStateTable.Cell[]> rows)
{
    internal readonly record struct Cell(SmtpState Next, Refusal? Refusal)
    {
        public static implicit operator Cell(SmtpState next) => new(next, null);

        public static implicit operator Cell(Refusal refusal) => new(default, refusal);
    }

#pragma warning disable format // A table reads by its columns.
    /// <summary>The intake's (RFC 5321 section 4.1.4).</summary>
    public static readonly SmtpStateTable Intake = new([Connected, Ready, HasSender, HasRecipients], new()
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
    });
#pragma warning restore format

    public IReadOnlyList<SmtpState> Columns => columns;

    public IReadOnlyCollection<SmtpVerb> Verbs => rows.Keys;

    public Cell Look(SmtpState state, SmtpVerb verb) => rows[verb][Array.IndexOf(columns, state)];

    /// <summary>What has to be done before this command is so much as read: 530 (RFC 3207 section 4, RFC 4954 section 6), or null.</summary>
    /// <param name="verb">Null for a line that is no command of ours: it waits like any other.</param>
    public Refusal? Gate(SmtpState state, SmtpVerb? verb) =>
        Look(state, verb ?? SmtpVerb.Mail).Refusal is { Reply.Code: 530 } gate ? gate : null;
}
