using Portal.Mail.Sasl;
using Portal.Mail.Smtp.Commands;
using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Smtp.Handlers;

internal static class AuthHandler
{
    /// <summary>As it stands in the answer to EHLO (RFC 4954 section 3).</summary>
    public static readonly string Keyword = "AUTH " + string.Join(' ', SaslDialogue.Mechanisms);

    public static async ValueTask<Answer> HandleAsync(SmtpSession session, AuthCommand command)
    {
        // A session opened with HELO has no extensions.
        if (session.IsPlainSmtp)
            return Refusals.HelloFirst;
        if (SaslDialogue.Of(command.Mechanism) is not { } dialogue)
            return SubmissionRefusals.AuthMechanism;

        var step = command.InitialResponse is { } initial ? dialogue.Next(initial.Span) : dialogue.Start();
        while (step.Kind == SaslStepKind.Challenge)
        {
            await session.Channel.WriteAsync(SmtpReplies.Challenge(step.Challenge), withEnhanced: false);
            var line = await session.Channel.ReadResponseAsync();
            using var response = line.Secret;
            if (response is null)
                return line.Status == LineStatus.Disconnected ? Answer.HangingUp(SubmissionRefusals.DisconnectedInAuth) : session.AnswerTo(line.Status);
            // RFC 4954 section 4
            if (response.Span is [(byte)'*'])
                return SubmissionRefusals.AuthCancelled;
            step = dialogue.Next(response.Span);
        }

        return step.Kind switch
        {
            SaslStepKind.Complete => await SignInAsync(session, step),
            SaslStepKind.Malformed => SubmissionRefusals.AuthMalformed,
            // RFC 4616 section 2 lets a server refuse any identity but the one signed in as.
            _ => session.CountAuthFailure(SubmissionRefusals.AuthFailed),
        };
    }

    private static async ValueTask<Answer> SignInAsync(SmtpSession session, SaslStep step)
    {
        using var password = step.Credentials!.Password;
        var (answer, login) = await session.Service.Backend.AuthenticateAsync(session.Peer, step.Credentials);
        if (login is not null)
            session.SignIn(login);
        return answer.Reply.Code >= 400 ? session.CountAuthFailure(answer) : answer;
    }
}
