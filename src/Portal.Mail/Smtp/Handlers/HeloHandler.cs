using Portal.Mail.Smtp.Commands;
using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Smtp.Handlers;

internal static class HeloHandler
{
    public static Answer Handle(SmtpSession session, HeloCommand command)
    {
        session.Peer = session.Peer with { HeloName = command.Name, IsEsmtp = false };
        return SmtpReplies.Hello(session.Service.Options.HostName);
    }
}
