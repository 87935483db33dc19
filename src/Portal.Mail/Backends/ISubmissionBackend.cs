namespace Portal.Mail.Backends;

/// <summary>What message submission asks of its host: who is signing in, and what that login may send.</summary>
public interface ISubmissionBackend : ISmtpBackend
{
    /// <summary>
    /// Asked for each complete AUTH exchange, empty names and passwords included, so that the time taken tells nothing.
    /// An exception, or a 2xx reply without a login, becomes <c>454 4.7.0</c>. Any reply but 2xx counts towards <c>MaxAuthFailures</c>.
    /// </summary>
    /// <param name="credentials">The password is wiped when the call returns.</param>
    ValueTask<LoginDecision> AuthenticateAsync(SmtpPeer peer, SaslCredentials credentials, CancellationToken cancellationToken);

    /// <summary>Asked for each well-formed MAIL of a peer that is signed in. The sender is accepted if and only if the reply is 2xx.</summary>
    ValueTask<SmtpReply> AcceptSenderAsync(SmtpPeer peer, MailSender sender, CancellationToken cancellationToken);
}
