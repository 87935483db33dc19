using Portal.Mail.Smtp.Commands;
using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Smtp.Handlers;

/// <summary>From a command to its handler. Only legal commands come here: the state table was asked first.</summary>
internal static class SmtpDispatch
{
    public static ValueTask<Answer> HandleAsync(SmtpSession session, SmtpCommand command) => command switch
    {
        EhloCommand ehlo => new(EhloHandler.Handle(session, ehlo)),                 // RFC 5321 section 4.1.1.1
        HeloCommand helo => new(HeloHandler.Handle(session, helo)),                 // RFC 5321 section 4.1.1.1
        MailCommand mail => MailHandler.HandleAsync(session, mail),                 // RFC 5321 section 4.1.1.2
        RcptCommand rcpt => RcptHandler.HandleAsync(session, rcpt),                 // RFC 5321 section 4.1.1.3
        DataCommand => DataHandler.HandleAsync(session),                            // RFC 5321 section 4.1.1.4
        RsetCommand => new(SmtpReplies.Ok),                                         // RFC 5321 section 4.1.1.5
        VrfyCommand => new(SmtpReplies.WillNotVerify),                              // RFC 5321 section 3.5.3
        HelpCommand => new(SmtpReplies.Help),                                       // RFC 5321 section 4.1.1.8
        NoopCommand => new(SmtpReplies.Ok),                                         // RFC 5321 section 4.1.1.9
        QuitCommand => new(new Answer(SmtpReplies.Bye, After: AfterReply.Close)),   // RFC 5321 section 4.1.1.10
        StartTlsCommand => new(StartTlsHandler.Handle(session)),                    // RFC 3207 section 4
        AuthCommand auth => AuthHandler.HandleAsync(session, auth),                 // RFC 4954 section 4
        _ => new(Refusals.NotImplemented),
    };
}
