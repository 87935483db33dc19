using Portal.Mail.Backends;

namespace Portal.Web.MailHosting;

/// <summary>Every reply that the vault gives to a sender (RFC 5321 section 4.2.3, RFC 3463 section 3).</summary>
internal static class IntakeReplies
{
    public static readonly SmtpReply RecipientOk = new(250, new EnhancedStatusCode(2, 1, 5), "Recipient ok");
    public static readonly SmtpReply UnknownRecipient = new(550, new EnhancedStatusCode(5, 1, 1), "No such address here");
    public static readonly SmtpReply NotARelay = new(550, new EnhancedStatusCode(5, 7, 1), "This server takes mail for its own domains only");
    public static readonly SmtpReply Inactive = new(450, new EnhancedStatusCode(4, 2, 1), "This address takes no mail at present; try again later");
    public static readonly SmtpReply NoCertificate = new(451, new EnhancedStatusCode(4, 3, 5), "Mail for this address cannot be sealed at present; try again later");
    public static readonly SmtpReply DatabaseAway = new(451, new EnhancedStatusCode(4, 3, 0), "Temporary trouble here; try again later");
    public static readonly SmtpReply TryLater = new(451, new EnhancedStatusCode(4, 3, 0), "The message could not be stored; nothing was kept; try again later");
    public static readonly SmtpReply OutOfSpace = new(452, new EnhancedStatusCode(4, 3, 1), "No room for the message at present; nothing was kept; try again later");

    /// <summary>Sent only after COMMIT.</summary>
    public static SmtpReply Stored(Guid passportId) => new(250, new EnhancedStatusCode(2, 0, 0), $"Sealed and stored as {passportId:N}");
}
