using Portal.Mail.Backends;
using Portal.Passwords;
using Portal.Web.MailAuthentication;

namespace Portal.Web.MailHosting;

/// <summary>The same sign-in for another mail server on this machine, such as a Postfix in front.</summary>
internal sealed class DovecotAuthBackend(MailAuthenticator authenticator) : IDovecotAuthBackend
{
    public async ValueTask<DovecotAuthDecision> AuthenticateAsync(DovecotAuthRequest request, CancellationToken cancellationToken)
    {
        if (ProtocolOf(request.Service) is not { } protocol)
            return DovecotAuthDecision.Refused;
        var attempt = new SignInAttempt(request.Credentials.Username, protocol, request.RemoteAddress, request.LocalName);
        var result = await authenticator.SignInAsync(attempt, request.Credentials.Password.Reveal(), cancellationToken);
        return result.Verdict switch
        {
            SignInVerdict.Accepted => DovecotAuthDecision.Accepted(result.Credential!.Username),
            SignInVerdict.TooMany or SignInVerdict.Busy or SignInVerdict.Unavailable => DovecotAuthDecision.TryLater,
            _ => DovecotAuthDecision.Refused,
        };
    }

    private static CredentialProtocol? ProtocolOf(string service) => service.ToUpperInvariant() switch
    {
        "SMTP" or "SUBMISSION" or "SUBMISSIONS" or "LMTP" => CredentialProtocol.Smtp,
        "IMAP" or "IMAPS" => CredentialProtocol.Imap,
        _ => null,
    };
}
