using Portal.Mail.Smtp.Commands;
using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Smtp.Handlers;

internal static class MailHandler
{
    public static Answer Handle(SmtpSession session, MailCommand command)
    {
        // A session opened with HELO has no extensions, so no parameters either (RFC 5321 section 4.1.1.11).
        if (session.IsPlainSmtp && command.HasParameters)
            return Refusals.UnknownParameter;
        // RFC 1870 section 6.1
        if (command.Sender.DeclaredSize > session.Intake.Options.MaxMessageBytes)
            return Refusals.DeclaredTooLarge;

        session.Sender = command.Sender;
        return SmtpReplies.SenderOk;
    }
}
