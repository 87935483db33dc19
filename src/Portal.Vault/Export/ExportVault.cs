using Microsoft.EntityFrameworkCore;
using Portal.Vault.Certificates;

namespace Portal.Vault.Export;

public sealed record ExportVaultRequest(VaultActor Actor);

/// <param name="Pem">Public parts alone: certificates and public keys.</param>
public sealed record ExportedKey(
    Guid Id, string Purpose, string FriendlyName, string Algorithm, string FingerprintSha256, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter,
    string Status, DateTimeOffset CreatedAt, string Pem);

public sealed record ExportedVaultbox(
    Guid Id, string Name, string Address, string Status, string HeaderPolicy, string MetadataPolicy, DateTimeOffset CreatedAt,
    IReadOnlyList<string> Aliases, IReadOnlyList<ExportedKey> Keys, int LockedPrivateKeys, long Messages, long Octets);

/// <param name="UnlockMethods">By what the vault key can be unlocked; the locked keys themselves come with the mail's own export.</param>
public sealed record ExportedVault(IReadOnlyList<ExportedVaultbox> Vaultboxes, IReadOnlyList<string> UnlockMethods);

/// <summary>What the vault knows of the actor's vaultboxes beside the mail itself: addresses, public keys, counts.</summary>
public sealed class ExportVault(IDbContextFactory<VaultContext> contexts)
{
    public async Task<VaultResult<ExportedVault>> HandleAsync(ExportVaultRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesRead))
            return VaultProblem.Forbidden;
        var userId = request.Actor.UserId;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var own = context.Vaultboxes.Where(v => v.UserId == userId);
        var vaultboxes = await own.OrderBy(v => v.CreatedAt).ThenBy(v => v.Id).ToListAsync(cancellationToken);
        var aliases = (await context.Aliases.Where(a => own.Any(v => v.Id == a.VaultboxId)).ToListAsync(cancellationToken)).ToLookup(a => a.VaultboxId);
        var keys = (await context.Certificates.Where(c => own.Any(v => v.Id == c.VaultboxId)).ToListAsync(cancellationToken)).ToLookup(c => c.VaultboxId);
        var mail = await context.EncryptedEmails.Where(e => own.Any(v => v.Id == e.VaultboxId)).GroupBy(e => e.VaultboxId)
            .Select(g => new { g.Key, Count = g.LongCount(), Octets = g.Sum(e => e.Size) })
            .ToDictionaryAsync(g => g.Key, cancellationToken);
        var methods = await context.VaultKeyWraps.Where(w => w.UserId == userId).Select(w => w.Method).ToListAsync(cancellationToken);
        return new ExportedVault(
            vaultboxes.ConvertAll(v => new ExportedVaultbox(
                v.Id, v.Name, v.Address, v.Status, v.HeaderPolicy, v.MetadataPolicy, v.CreatedAt,
                [.. aliases[v.Id].Select(a => $"{a.LocalPart}@{a.Domain}").Order(StringComparer.Ordinal)],
                [.. keys[v.Id].Where(c => c.CertificateType == CertificateTypes.Public).OrderBy(c => c.CreatedAt).Select(Public)],
                keys[v.Id].Count(c => c.CertificateType == CertificateTypes.Private),
                mail.GetValueOrDefault(v.Id)?.Count ?? 0,
                mail.GetValueOrDefault(v.Id)?.Octets ?? 0)),
            methods);
    }

    private static ExportedKey Public(Certificate c) => new(
        c.Id, c.Purpose, c.FriendlyName, c.Algorithm, Convert.ToHexStringLower(c.FingerprintSha256), c.NotBefore, c.NotAfter, c.Status, c.CreatedAt, c.PemContent);
}
