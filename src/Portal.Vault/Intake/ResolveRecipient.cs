using Microsoft.EntityFrameworkCore;
using Portal.Vault.Certificates;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Intake;

/// <summary>Where mail for an address goes, as far as RCPT needs to know.</summary>
/// <param name="MetadataPolicy">What the log may say of the sender.</param>
public sealed record IntakeRecipient(Guid VaultboxId, Guid UserId, Guid MailboxId, string Address, string MetadataPolicy);

public enum RecipientStatus
{
    /// <summary>Mail can be sealed and stored.</summary>
    Deliverable,

    /// <summary>No address of ours.</summary>
    Unknown,

    /// <summary>The address is ours, but the vaultbox takes no mail at present.</summary>
    Inactive,

    /// <summary>The address is ours, but no certificate can be sealed to now.</summary>
    NoCertificate,
}

/// <param name="Recipient">Null exactly when the status is <see cref="RecipientStatus.Unknown"/>.</param>
/// <param name="DomainIsLocal">For an unknown address: whether any address of its domain is here.</param>
public sealed record RecipientResolution(RecipientStatus Status, IntakeRecipient? Recipient, bool DomainIsLocal);

/// <summary>Looks an address up at RCPT: one query. Local parts are matched without regard to case.</summary>
public sealed class ResolveRecipient(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    /// <param name="domain">Lower-case A-label.</param>
    public async Task<RecipientResolution> HandleAsync(string localPart, string domain, CancellationToken cancellationToken)
    {
        var local = localPart.ToLowerInvariant();
        var now = time.GetUtcNow();
        var usableSince = now - CertificatePolicy.Grace;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (
            from alias in context.Aliases
            join vaultbox in context.Vaultboxes on alias.VaultboxId equals vaultbox.Id
            join mailbox in context.Mailboxes on new { VaultboxId = vaultbox.Id, Name = Messages.Mailbox.Inbox } equals new { mailbox.VaultboxId, mailbox.Name }
            where alias.Domain == domain && alias.LocalPart == local
            select new
            {
                Recipient = new IntakeRecipient(vaultbox.Id, vaultbox.UserId, mailbox.Id, alias.LocalPart + "@" + alias.Domain, vaultbox.MetadataPolicy),
                vaultbox.Status,
                HasCertificate = context.Certificates.Any(c => c.VaultboxId == vaultbox.Id && c.CertificateType == CertificateTypes.Public
                    && c.Purpose == KeyPurposes.Mail && c.Status == CertificateStatus.Active && c.NotBefore <= now && c.NotAfter > usableSince),
            }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            var isLocal = await context.Aliases.AnyAsync(a => a.Domain == domain, cancellationToken);
            return new RecipientResolution(RecipientStatus.Unknown, null, isLocal);
        }

        var status = found switch
        {
            { Status: not VaultboxStatus.Active } => RecipientStatus.Inactive,
            { HasCertificate: false } => RecipientStatus.NoCertificate,
            _ => RecipientStatus.Deliverable,
        };
        return new RecipientResolution(status, found.Recipient, DomainIsLocal: true);
    }
}
