using Microsoft.EntityFrameworkCore;
using Portal.Smime;
using Portal.Vault.Certificates;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Intake;

/// <summary>What a vaultbox's mail is sealed to, read anew for each message and bound to the vaultbox by signature, and how it wants it sealed.</summary>
/// <param name="Address">The vaultbox's primary address, whatever the message was written to.</param>
/// <param name="LeavesEncrypted">Whether mail that is sealed to one of these keys already stays as it came.</param>
internal sealed record SealingKeys(
    IReadOnlyList<MailCertificate> Mail, PortalKey? Portal, string Address, HeaderPolicy HeaderPolicy, ContentCipher Cipher, string MetadataPolicy,
    bool LeavesEncrypted);

/// <summary>
/// Reads and checks the keys of a vaultbox. A key whose binding does not verify was not put there by the owner: the whole
/// vaultbox then takes no mail until somebody has looked.
/// </summary>
internal sealed class SealingKeyReader(
    IDbContextFactory<VaultContext> contexts, InstallationBinding installation, ParsedKeys parsed, ForeignKeyAlarm alarm, TimeProvider time)
{
    /// <summary>The keys, or why nothing can be sealed now.</summary>
    public async Task<(SealingKeys? Keys, string? Reason)> ReadAsync(Guid vaultboxId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var vaultbox = await context.Vaultboxes.Where(v => v.Id == vaultboxId && v.Status == VaultboxStatus.Active)
            .Select(v => new { v.Alias, v.Domain, v.HeaderPolicy, v.Cipher, v.EncryptedMail, v.MetadataPolicy }).SingleOrDefaultAsync(cancellationToken);
        if (vaultbox is null)
            return (null, "The vaultbox takes no mail.");
        // Written by a newer release: this one would show more than was asked for.
        if (HeaderPolicies.Parse(vaultbox.HeaderPolicy) is not { } policy || ContentCiphers.Parse(vaultbox.Cipher) is not { } cipher)
            return (null, "The vaultbox's header policy or cipher is not known here.");
        var rows = await context.Certificates
            .Where(c => c.VaultboxId == vaultboxId && c.CertificateType == CertificateTypes.Public && c.Status == CertificateStatus.Active)
            .OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).ToListAsync(cancellationToken);
        if (rows.Find(row => !installation.IsBound(row, rows)) is { } foreign)
        {
            await alarm.RaiseAsync(vaultboxId, foreign, cancellationToken);
            return (null, $"A key is not bound to this vaultbox: {Convert.ToHexStringLower(foreign.FingerprintSha256)}.");
        }

        var now = time.GetUtcNow();
        var mail = rows.Where(c => c.Purpose == KeyPurposes.Mail && c.NotBefore <= now && c.NotAfter > now - CertificatePolicy.Grace)
            .Select(parsed.Certificate)
            // The columns are not signed, the certificate is.
            .Where(c => c.NotBefore <= now && c.NotAfter > now - CertificatePolicy.Grace).ToList();
        if (mail.Count == 0)
            return (null, "No valid certificate.");
        var portal = rows.Find(c => c.Purpose == KeyPurposes.Portal);
        return (new SealingKeys(mail, portal is null ? null : parsed.Portal(portal), $"{vaultbox.Alias}@{vaultbox.Domain}", policy, cipher, vaultbox.MetadataPolicy,
            string.Equals(vaultbox.EncryptedMail, EncryptedMailPolicies.Leave, StringComparison.Ordinal)), null);
    }
}
