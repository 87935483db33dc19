using System.Globalization;
using Portal.Mail.Backends;
using Portal.Smime;
using Portal.Web.MailAuthentication;

namespace Portal.Web.MailHosting;

/// <summary>Every reply that the portal gives to somebody who sends (RFC 4954 sections 4 and 6, RFC 6409, RFC 3463 section 3).</summary>
internal static class SubmissionReplies
{
    public static readonly SmtpReply SignedIn = new(235, new EnhancedStatusCode(2, 7, 0), "Signed in");
    public static readonly SmtpReply SenderOk = new(250, new EnhancedStatusCode(2, 1, 0), "Sender ok");
    public static readonly SmtpReply SenderNotOwn = new(550, new EnhancedStatusCode(5, 7, 1), "This credential does not send as that address; use one of its vaultbox's own");
    public static readonly SmtpReply NotYetOutbound = new(550, new EnhancedStatusCode(5, 7, 1), "This server does not send to other servers yet; only its own addresses can be written to");
    public static readonly SmtpReply CredentialEnded = new(550, new EnhancedStatusCode(5, 7, 1), "This credential does not send any more");
    public static readonly SmtpReply TryLater = new(451, new EnhancedStatusCode(4, 3, 0), "Temporary trouble here; nothing was sent; try again later");

    public static SmtpReply OtherDomain(string? domain) =>
        new(550, new EnhancedStatusCode(5, 7, 1), $"This credential sends for {domain ?? "no domain"} only");

    public static SmtpReply DomainNotVerified(string? domain) =>
        new(550, new EnhancedStatusCode(5, 7, 1), $"{domain ?? "The domain"} is no verified domain of the sender's any more");

    /// <param name="freeAt">When the oldest message leaves the sliding hour.</param>
    public static SmtpReply LimitReached(int limit, int used, DateTimeOffset? freeAt) => new(
        450,
        new EnhancedStatusCode(4, 7, 1),
        string.Create(CultureInfo.InvariantCulture, $"Limit of {limit} messages an hour reached, {used} sent; next one at {freeAt:HH:mm} UTC"));

    /// <summary>Of a sign-in that was not accepted. Who knows the password is told why; anybody else is told nothing.</summary>
    public static SmtpReply Of(SignInVerdict verdict) => verdict switch
    {
        SignInVerdict.Wrong => new(535, new EnhancedStatusCode(5, 7, 8), "User name or password is wrong"),
        SignInVerdict.Paused => new(535, new EnhancedStatusCode(5, 7, 13), "Sending is paused for this credential"),
        SignInVerdict.Suspended => new(535, new EnhancedStatusCode(5, 7, 13), "This account is suspended"),
        SignInVerdict.Expired => new(535, new EnhancedStatusCode(5, 7, 13), "This credential has expired; make a new one in the portal"),
        SignInVerdict.OtherProtocol => new(535, new EnhancedStatusCode(5, 7, 13), "This credential is not for sending"),
        SignInVerdict.OtherNetwork => new(535, new EnhancedStatusCode(5, 7, 13), "This credential does not work from your network"),
        SignInVerdict.TooMany => new(454, new EnhancedStatusCode(4, 7, 0), "Too many failed sign-ins; try again in some minutes"),
        SignInVerdict.Busy => new(454, new EnhancedStatusCode(4, 7, 0), "Too many are signing in; try again later"),
        _ => new(454, new EnhancedStatusCode(4, 7, 0), "Sign-in cannot be checked at present; try again later"),
    };

    public static SmtpReply Of(SubmissionFault fault) => fault switch
    {
        SubmissionFault.HeaderMalformed => new(554, new EnhancedStatusCode(5, 6, 0), "The message's header holds a line that is no field"),
        SubmissionFault.FromMissing => new(554, new EnhancedStatusCode(5, 6, 0), "The message has no From field"),
        SubmissionFault.FromRepeated => new(554, new EnhancedStatusCode(5, 6, 0), "The message has more than one From or Sender field"),
        SubmissionFault.FromMalformed => new(554, new EnhancedStatusCode(5, 6, 0), "From or Sender of the message is no list of plain addresses"),
        _ => new(550, new EnhancedStatusCode(5, 7, 1), "From or Sender of the message names an address that is not the sender's own"),
    };
}
