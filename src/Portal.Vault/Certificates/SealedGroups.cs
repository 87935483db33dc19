using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Certificates;

/// <summary>Messages of one vaultbox that were sealed to the same certificates within one month.</summary>
/// <param name="SealedTo">Fingerprints, lower-case hex.</param>
internal sealed record SealedGroup(IReadOnlyList<string> SealedTo, long Messages, DateTimeOffset FirstAt, DateTimeOffset LastAt);

/// <summary>What the mail of a vaultbox was sealed to, counted from the covering index: no message is read.</summary>
internal static class SealedGroups
{
    public static async Task<IReadOnlyList<SealedGroup>> ReadAsync(VaultContext context, Guid vaultboxId, CancellationToken cancellationToken)
    {
        var groups = await context.EncryptedEmails.Where(e => e.VaultboxId == vaultboxId)
            .GroupBy(e => new { e.SealedTo, e.ReceivedAt.Year, e.ReceivedAt.Month })
            .Select(g => new { g.Key.SealedTo, Messages = g.LongCount(), FirstAt = g.Min(e => e.ReceivedAt), LastAt = g.Max(e => e.ReceivedAt) })
            .ToListAsync(cancellationToken);
        return groups.ConvertAll(g => new SealedGroup([.. g.SealedTo.Select(Convert.ToHexStringLower)], g.Messages, g.FirstAt, g.LastAt));
    }

    /// <summary>
    /// Fingerprints of the mail keys that their owner can still open mail with, as far as the server knows: of keys made here the locked
    /// private part must be there; of an uploaded certificate the owner has it elsewhere.
    /// </summary>
    public static async Task<HashSet<string>> UsableKeysAsync(VaultContext context, Guid vaultboxId, CancellationToken cancellationToken)
    {
        var rows = await context.Certificates.Where(c => c.VaultboxId == vaultboxId && c.Purpose == KeyPurposes.Mail)
            .Select(c => new { c.CertificateType, c.BindingKind, c.FingerprintSha256 }).ToListAsync(cancellationToken);
        var locked = rows.Where(r => r.CertificateType == CertificateTypes.Private).Select(r => Convert.ToHexStringLower(r.FingerprintSha256)).ToHashSet(StringComparer.Ordinal);
        return rows.Where(r => r.CertificateType == CertificateTypes.Public)
            .Select(r => (Made: r.BindingKind == BindingKinds.Owner, Fingerprint: Convert.ToHexStringLower(r.FingerprintSha256)))
            .Where(r => !r.Made || locked.Contains(r.Fingerprint))
            .Select(r => r.Fingerprint).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>How many messages this key opens and no other.</summary>
    public static long OpenWithOnly(IEnumerable<SealedGroup> groups, IReadOnlySet<string> usable, string fingerprint) => groups
        .Where(g => usable.Contains(fingerprint) && g.SealedTo.Contains(fingerprint, StringComparer.Ordinal) && g.SealedTo.Count(usable.Contains) == 1)
        .Sum(g => g.Messages);

    /// <summary>
    /// The keys that are trusted to open mail once another is destroyed: of uploaded ones those alone that have opened a test note. Nobody
    /// else knows whether the owner holds their private part.
    /// </summary>
    public static async Task<HashSet<string>> ProvenKeysAsync(VaultContext context, Guid vaultboxId, CancellationToken cancellationToken)
    {
        var usable = await UsableKeysAsync(context, vaultboxId, cancellationToken);
        var unproven = await context.Certificates
            .Where(c => c.VaultboxId == vaultboxId && c.Purpose == KeyPurposes.Mail && c.CertificateType == CertificateTypes.Public
                && c.BindingKind != BindingKinds.Owner && c.LastProvenAt == null)
            .Select(c => c.FingerprintSha256).ToListAsync(cancellationToken);
        usable.ExceptWith(unproven.Select(Convert.ToHexStringLower));
        return usable;
    }
}
