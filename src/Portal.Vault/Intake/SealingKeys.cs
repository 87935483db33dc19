using Microsoft.EntityFrameworkCore;
using Portal.Smime;
using Portal.Vault.Certificates;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Intake;

/// <summary>What a vaultbox's mail is sealed to, read anew for each message and bound to the vaultbox by signature.</summary>
internal sealed record SealingKeys(
    IReadOnlyList<MailCertificate> Mail, ReadOnlyMemory<byte>? Portal, string HeaderPolicy, string MetadataPolicy);

/// <summary>
/// Reads and checks the keys of a vaultbox. A key whose binding does not verify was not put there by the owner: the whole
/// vaultbox then takes no mail until somebody has looked.
/// </summary>
internal sealed class SealingKeyReader(IDbContextFactory<VaultContext> contexts, InstallationBinding installation, TimeProvider time)
{
    /// <summary>The keys, or why nothing can be sealed now.</summary>
    public async Task<(SealingKeys? Keys, string? Reason)> ReadAsync(Guid vaultboxId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var policy = await context.Vaultboxes.Where(v => v.Id == vaultboxId && v.Status == VaultboxStatus.Active)
            .Select(v => new { v.HeaderPolicy, v.MetadataPolicy }).SingleOrDefaultAsync(cancellationToken);
        if (policy is null)
            return (null, "The vaultbox takes no mail.");
        var rows = await context.Certificates
            .Where(c => c.VaultboxId == vaultboxId && c.CertificateType == CertificateTypes.Public && c.Status == CertificateStatus.Active)
            .OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).ToListAsync(cancellationToken);
        if (rows.Find(row => !installation.IsBound(row, rows)) is { } foreign)
            return (null, $"A key is not bound to this vaultbox: {Convert.ToHexStringLower(foreign.FingerprintSha256)}.");

        var now = time.GetUtcNow();
        var mail = rows.Where(c => c.Purpose == KeyPurposes.Mail && c.NotBefore <= now && c.NotAfter > now - CertificatePolicy.Grace)
            .Select(Parse).ToList();
        if (mail.Count == 0)
            return (null, "No valid certificate.");
        var portal = rows.Find(c => c.Purpose == KeyPurposes.Portal);
        return (new SealingKeys(mail, portal is null ? (ReadOnlyMemory<byte>?)null : PublicKeyPem.Der(portal.PemContent), policy.HeaderPolicy, policy.MetadataPolicy), null);
    }

    private static MailCertificate Parse(Certificate row) => MailCertificate.TryParse(PublicKeyPem.Der(row.PemContent), out var certificate)
        ? certificate
        : throw new SealingException($"Certificate {Convert.ToHexStringLower(row.FingerprintSha256)} cannot be read.");
}
