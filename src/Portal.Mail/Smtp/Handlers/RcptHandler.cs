using Portal.Mail.Backends;
using Portal.Mail.Smtp.Commands;
using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Smtp.Handlers;

internal static class RcptHandler
{
    public static async ValueTask<Answer> HandleAsync(SmtpSession session, RcptCommand command)
    {
        var sender = session.Sender!;
        if (!command.IsAscii && !sender.SmtpUtf8)
            return Refusals.RecipientNotAscii;
        // RFC 5321 section 4.5.3.1.10: 452, and what was accepted stays so.
        if (session.RecipientCount >= session.Service.Options.MaxRecipients)
            return Refusals.TooManyRecipients;

        var (answer, tag) = await session.Service.Backend.AcceptRecipientAsync(session.Peer, sender, command.Recipient);
        if (answer.Reply.IsPositive)
            session.AddRecipient(new AcceptedRecipient(command.Recipient, tag));
        return answer;
    }
}
