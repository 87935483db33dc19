using Portal.Mail.Smtp.Commands;
using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Smtp.Handlers;

internal static class MailHandler
{
    public static async ValueTask<Answer> HandleAsync(SmtpSession session, MailCommand command)
    {
        // A session opened with HELO has no extensions, so no parameters either (RFC 5321 section 4.1.1.11).
        if (session.IsPlainSmtp && command.HasParameters)
            return Refusals.UnknownParameter;
        // RFC 1870 section 6.1
        if (command.Sender.DeclaredSize > session.Service.Options.MaxMessageBytes)
            return Refusals.DeclaredTooLarge;

        var answer = await session.Service.Backend.AcceptSenderAsync(session.Peer, command.Sender);
        if (answer.Reply.IsPositive)
            session.Sender = command.Sender;
        return answer;
    }
}
