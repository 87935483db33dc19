using System.Globalization;
using Portal.Mail.Smtp.Commands;
using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Smtp.Handlers;

internal static class EhloHandler
{
    public static Answer Handle(SmtpSession session, EhloCommand command)
    {
        session.Peer = session.Peer with { HeloName = command.Name, IsEsmtp = true };

        List<string> keywords =
        [
            "PIPELINING",                                                                                       // RFC 2920
            string.Create(CultureInfo.InvariantCulture, $"SIZE {session.Service.Options.MaxMessageBytes}"),      // RFC 1870
            "8BITMIME",                                                                                         // RFC 6152
            "SMTPUTF8",                                                                                         // RFC 6531
            "ENHANCEDSTATUSCODES",                                                                              // RFC 2034
            "HELP",
        ];
        // RFC 3207 section 4.2: not offered once TLS is active.
        if (session.Peer.TlsProtocol is null && session.Service.Tls.IsOffered)
            keywords.Add("STARTTLS");
        // RFC 4954 section 4: not offered where a password must not be sent.
        if (session.Service.OffersAuth(session.Peer))
            keywords.Add(AuthHandler.Keyword);
        return new Answer(SmtpReplies.Hello(session.Service.Options.HostName), MoreLines: keywords);
    }
}
