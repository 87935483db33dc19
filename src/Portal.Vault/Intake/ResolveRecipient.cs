using Microsoft.EntityFrameworkCore;
using Portal.Vault.Aliases;
using Portal.Vault.Certificates;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Intake;

/// <summary>Where mail for an address goes, as far as RCPT needs to know.</summary>
/// <param name="Address">What was written to, lower case: with its tag, and of a catch-all the name that it caught.</param>
/// <param name="MetadataPolicy">What the log may say of the sender.</param>
/// <param name="AliasId">At which the message is counted.</param>
public sealed record IntakeRecipient(Guid VaultboxId, Guid UserId, Guid MailboxId, string Address, string MetadataPolicy, Guid AliasId);

public enum RecipientStatus
{
    /// <summary>Mail can be sealed and stored.</summary>
    Deliverable,

    /// <summary>No address of ours, or one that its owner has deleted.</summary>
    Unknown,

    /// <summary>Its owner has deleted the vaultbox: to its senders the address is unknown, to its owner's log it is not.</summary>
    VaultboxDeleted,

    /// <summary>Its owner has paused the vaultbox.</summary>
    VaultboxPaused,

    /// <summary>Its owner has archived the vaultbox.</summary>
    VaultboxArchived,

    /// <summary>The address is ours, but no certificate can be sealed to now.</summary>
    NoCertificate,

    /// <summary>The vaultbox holds as much as it may.</summary>
    StorageFull,

    /// <summary>The vaultbox has taken as many messages within 24 hours as it may.</summary>
    DayFull,

    /// <summary>Its owner has paused the address.</summary>
    Paused,

    /// <summary>The address was made to last until a date that is past.</summary>
    Expired,

    /// <summary>The address has taken all the messages that it was made for.</summary>
    UsedUp,

    /// <summary>The address was made to end when it is not used, and was not.</summary>
    Idle,
}

/// <param name="Recipient">Null exactly when the status is <see cref="RecipientStatus.Unknown"/>.</param>
/// <param name="DomainIsLocal">For an unknown address: whether its domain is the portal's, or has an address here.</param>
public sealed record RecipientResolution(RecipientStatus Status, IntakeRecipient? Recipient, bool DomainIsLocal);

/// <summary>
/// Looks an address up at RCPT: one query. Local parts are matched without regard to case; the address itself comes before the one
/// without the tag, and that before the catch-all. One that takes no mail is never passed over for a catch-all, nor is a deleted one:
/// who deleted it wants no more of its mail, and on a shared domain another's never gets it. Limits are looked at here, not when the message is stored: messages that are under way at
/// once may pass them together, by as many as there are sessions.
/// </summary>
public sealed class ResolveRecipient(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    /// <param name="domain">Lower-case A-label.</param>
    public async Task<RecipientResolution> HandleAsync(string localPart, string domain, CancellationToken cancellationToken)
    {
        var local = localPart.ToLowerInvariant();
        var candidates = LocalPart.Candidates(local);
        var now = time.GetUtcNow();
        var usableSince = now - CertificatePolicy.Grace;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var retired = context.Retired();
        var found = await (
            from row in context.Aliases.Where(a => a.Domain == domain && candidates.Contains(a.LocalPart)
                && !(a.Kind == AliasKinds.CatchAll && a.DeletedAt != null)).WithState(now)
            join vaultbox in context.Vaultboxes.IgnoreQueryFilters() on row.Alias.VaultboxId equals vaultbox.Id
            where row.Alias.Kind != AliasKinds.CatchAll
                || !retired.Any(r => r.Domain == domain && candidates.Contains(r.LocalPart) && r.UserId != vaultbox.UserId)
            join mailbox in context.Mailboxes on new { VaultboxId = vaultbox.Id, Name = Messages.Mailbox.Inbox } equals new { mailbox.VaultboxId, mailbox.Name }
            orderby row.Alias.LocalPart == local ? 0 : row.Alias.LocalPart == Alias.CatchAll ? 2 : 1
            select new
            {
                row.State,
                Recipient = new IntakeRecipient(vaultbox.Id, vaultbox.UserId, mailbox.Id, local + "@" + domain, vaultbox.MetadataPolicy, row.Alias.Id),
                vaultbox.Status,
                vaultbox.DeletedAt,
                vaultbox.Limits,
                Octets = context.Mailboxes.Where(m => m.VaultboxId == vaultbox.Id).Sum(m => m.Octets),
                HasCertificate = context.Certificates.Any(c => c.VaultboxId == vaultbox.Id && c.CertificateType == CertificateTypes.Public
                    && c.Purpose == KeyPurposes.Mail && c.Status == CertificateStatus.Active && c.NotBefore <= now && c.NotAfter > usableSince),
            }).FirstOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            var isLocal = await context.MailDomains.AnyAsync(d => d.Domain == domain, cancellationToken)
                || await context.Aliases.AnyAsync(a => a.Domain == domain, cancellationToken);
            return new RecipientResolution(RecipientStatus.Unknown, null, isLocal);
        }

        var status = StatusOf(found.State, found.DeletedAt is null ? found.Status : null, found.HasCertificate);
        if (status == RecipientStatus.Deliverable)
            status = await WithinLimitsAsync(context, found.Recipient.VaultboxId, VaultboxLimits.Of(found.Limits), found.Octets, now, cancellationToken);
        return new RecipientResolution(status, status == RecipientStatus.Unknown ? null : found.Recipient, DomainIsLocal: true);
    }

    /// <summary>What lasts comes before what passes: nobody tries for days what will be refused in the end.</summary>
    /// <param name="vaultbox">Its status; null: deleted.</param>
    private static RecipientStatus StatusOf(string state, string? vaultbox, bool hasCertificate) => state switch
    {
        AliasStates.Deleted => RecipientStatus.Unknown,
        _ when vaultbox is null => RecipientStatus.VaultboxDeleted,
        AliasStates.Expired => RecipientStatus.Expired,
        AliasStates.UsedUp => RecipientStatus.UsedUp,
        AliasStates.Idle => RecipientStatus.Idle,
        _ when vaultbox == VaultboxStatus.Archived => RecipientStatus.VaultboxArchived,
        _ when vaultbox == VaultboxStatus.Paused => RecipientStatus.VaultboxPaused,
        AliasStates.Paused => RecipientStatus.Paused,
        _ => hasCertificate ? RecipientStatus.Deliverable : RecipientStatus.NoCertificate,
    };

    /// <summary>What is stored is known; what came in a day is counted, up to the limit and only where there is one.</summary>
    private static async Task<RecipientStatus> WithinLimitsAsync(
        VaultContext context, Guid vaultboxId, VaultboxLimits limits, long octets, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (octets >= limits.StorageBytes)
            return RecipientStatus.StorageFull;
        if (limits.MessagesPerDay is not { } most)
            return RecipientStatus.Deliverable;
        var since = now - VaultboxLimits.Day;
        var taken = await context.EncryptedEmails.Where(e => e.VaultboxId == vaultboxId && e.ReceivedAt > since).Take(most).CountAsync(cancellationToken);
        return taken < most ? RecipientStatus.Deliverable : RecipientStatus.DayFull;
    }
}
