using Portal.Vault.Certificates;

namespace Portal.Vault.Vaultboxes;

/// <summary>The one projection behind <see cref="ListVaultboxes"/>, <see cref="GetVaultbox"/> and <see cref="CreateVaultbox"/>.</summary>
internal static class VaultboxQuery
{
    public static IQueryable<VaultboxView> ViewsOf(VaultContext context, IQueryable<Vaultbox> vaultboxes, DateTimeOffset now)
    {
        var usableSince = now - CertificatePolicy.Grace;
        return
            from vaultbox in vaultboxes
            let mail = context.Certificates.Where(c => c.VaultboxId == vaultbox.Id && c.CertificateType == CertificateTypes.Public
                && c.Purpose == KeyPurposes.Mail && c.Status == CertificateStatus.Active)
            let emails = context.EncryptedEmails.Where(e => e.VaultboxId == vaultbox.Id)
            select new VaultboxView(
                vaultbox.Id,
                vaultbox.Domain,
                vaultbox.Name,
                vaultbox.Alias,
                vaultbox.Alias + "@" + vaultbox.Domain,
                vaultbox.Status,
                vaultbox.CreatedAt,
                emails.LongCount(),
                emails.Sum(e => e.Size),
                emails.Max(e => (DateTimeOffset?)e.ReceivedAt),
                mail.Count(),
                !mail.Any(c => c.NotBefore <= now && c.NotAfter > usableSince),
                context.Certificates.Any(c => c.VaultboxId == vaultbox.Id && c.CertificateType == CertificateTypes.Public
                    && c.Purpose == KeyPurposes.Portal && c.Status == CertificateStatus.Active),
                mail.Max(c => c.NotAfter));
    }
}
