using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Smtp.Handlers;

internal static class StartTlsHandler
{
    public static Answer Handle(SmtpSession session)
    {
        // Octets in clear behind STARTTLS would be run as if they had come through TLS, were they kept: the connection ends.
        if (session.Channel.HasMoreInput())
            return Answer.ClosingWith(Refusals.EarlyTalker);
        if (session.Peer.TlsProtocol is not null)
            return Refusals.AlreadyTls;
        if (session.IsPlainSmtp || !session.Service.Tls.IsOffered)
            return Refusals.NotImplemented;
        return new Answer(SmtpReplies.StartTls, After: AfterReply.StartTls);
    }
}
