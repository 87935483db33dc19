using Portal.Mail.Backends;
using Portal.Vault.Intake;

namespace Portal.Web.MailHosting;

/// <summary>Every reply that the vault gives to a sender (RFC 5321 section 4.2.3, RFC 3463 section 3).</summary>
internal static class IntakeReplies
{
    public static readonly SmtpReply RecipientOk = new(250, new EnhancedStatusCode(2, 1, 5), "Recipient ok");
    public static readonly SmtpReply UnknownRecipient = new(550, new EnhancedStatusCode(5, 1, 1), "No such address here");
    public static readonly SmtpReply NotARelay = new(550, new EnhancedStatusCode(5, 7, 1), "This server takes mail for its own domains only");
    public static readonly SmtpReply VaultboxPaused = new(550, new EnhancedStatusCode(5, 2, 1), "This mailbox takes no mail at present");
    public static readonly SmtpReply VaultboxArchived = new(550, new EnhancedStatusCode(5, 2, 1), "This mailbox takes no mail any more");
    public static readonly SmtpReply StorageFull = new(452, new EnhancedStatusCode(4, 2, 2), "This mailbox is full; try again later");
    public static readonly SmtpReply DayFull = new(452, new EnhancedStatusCode(4, 2, 2), "This mailbox has taken all that it may in a day; try again later");
    public static readonly SmtpReply NoCertificate = new(451, new EnhancedStatusCode(4, 3, 5), "Mail for this address cannot be sealed at present; try again later");
    public static readonly SmtpReply DatabaseAway = new(451, new EnhancedStatusCode(4, 3, 0), "Temporary trouble here; try again later");
    public static readonly SmtpReply TryLater = new(451, new EnhancedStatusCode(4, 3, 0), "The message could not be stored; nothing was kept; try again later");
    public static readonly SmtpReply OutOfSpace = new(452, new EnhancedStatusCode(4, 3, 1), "No room for the message at present; nothing was kept; try again later");

    public static readonly SmtpReply Paused = new(450, new EnhancedStatusCode(4, 2, 1), "This address is paused");
    public static readonly SmtpReply Expired = new(550, new EnhancedStatusCode(5, 1, 6), "This address was made for a limited time, which is over");
    public static readonly SmtpReply UsedUp = new(550, new EnhancedStatusCode(5, 1, 6), "This address has taken all the messages that it was made for");
    public static readonly SmtpReply Idle = new(550, new EnhancedStatusCode(5, 1, 6), "This address has ended, since it was not used for a long time");

    /// <summary>What RCPT is answered for an address, and why, for the log.</summary>
    public static (SmtpReply Reply, string Reason) Of(RecipientResolution resolution) => resolution.Status switch
    {
        RecipientStatus.Deliverable => (RecipientOk, "Deliverable."),
        RecipientStatus.NoCertificate => (NoCertificate, "No valid certificate."),
        RecipientStatus.VaultboxDeleted => (UnknownRecipient, "The vaultbox is deleted."),
        RecipientStatus.VaultboxPaused => (VaultboxPaused, "The vaultbox is paused."),
        RecipientStatus.VaultboxArchived => (VaultboxArchived, "The vaultbox is archived."),
        RecipientStatus.StorageFull => (StorageFull, "The vaultbox holds as much as its limit lets it."),
        RecipientStatus.DayFull => (DayFull, "The vaultbox has taken as many messages in 24 hours as its limit lets it."),
        RecipientStatus.Paused => (Paused, "The address is paused."),
        RecipientStatus.Expired => (Expired, "The address has expired."),
        RecipientStatus.UsedUp => (UsedUp, "The address has taken all the messages that it may."),
        RecipientStatus.Idle => (Idle, "The address ended because it was not used."),
        _ => resolution.DomainIsLocal ? (UnknownRecipient, "No such address.") : (NotARelay, "Not an open relay."),
    };

    /// <summary>What became of a message after its data.</summary>
    public static SmtpReply Of(DeliveryResult result, Guid passportId) => result.Outcome switch
    {
        DeliveryOutcome.Stored => Stored(passportId),
        DeliveryOutcome.OutOfSpace => OutOfSpace with { PrivateCause = result.Reason },
        DeliveryOutcome.UsedUp => UsedUp with { PrivateCause = result.Reason },
        _ => TryLater with { PrivateCause = result.Reason },
    };

    /// <summary>Sent only after COMMIT.</summary>
    public static SmtpReply Stored(Guid passportId) => new(250, new EnhancedStatusCode(2, 0, 0), $"Sealed and stored as {passportId:N}");
}
