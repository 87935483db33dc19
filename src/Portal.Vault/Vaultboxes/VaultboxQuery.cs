using Portal.Vault.Certificates;

namespace Portal.Vault.Vaultboxes;

/// <summary>The one projection behind <see cref="ListVaultboxes"/>, <see cref="GetVaultbox"/> and <see cref="CreateVaultbox"/>.</summary>
internal static class VaultboxQuery
{
    public static IQueryable<VaultboxView> ViewsOf(VaultContext context, IQueryable<Vaultbox> vaultboxes, DateTimeOffset now)
    {
        var usableSince = now - CertificatePolicy.Grace;
        var certificates = context.Certificates.Where(c => c.CertificateType == CertificateTypes.Public && c.Status == CertificateStatus.Active);
        var mail = certificates.Where(c => c.Purpose == KeyPurposes.Mail);
        return vaultboxes.Select(v => new VaultboxView(
            v.Id,
            v.Domain,
            v.Name,
            v.Alias,
            v.Alias + "@" + v.Domain,
            v.Status,
            v.CreatedAt,
            context.EncryptedEmails.LongCount(e => e.VaultboxId == v.Id),
            context.EncryptedEmails.Where(e => e.VaultboxId == v.Id).Sum(e => (long?)e.Size) ?? 0,
            context.EncryptedEmails.Where(e => e.VaultboxId == v.Id).Max(e => (DateTimeOffset?)e.ReceivedAt),
            mail.Count(c => c.VaultboxId == v.Id),
            !mail.Any(c => c.VaultboxId == v.Id && c.NotBefore <= now && c.NotAfter > usableSince),
            certificates.Any(c => c.VaultboxId == v.Id && c.Purpose == KeyPurposes.Portal),
            mail.Where(c => c.VaultboxId == v.Id).Max(c => c.NotAfter)));
    }
}
