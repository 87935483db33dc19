using Microsoft.EntityFrameworkCore;
using Portal.Smime;
using Portal.Vault.Aliases;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Certificates;

/// <summary>A vaultbox of the actor with the public rows it has, as the checks of new keys need them.</summary>
internal sealed record KeyedVaultbox(Vaultbox Vaultbox, IReadOnlyList<string> Addresses, IReadOnlyList<Certificate> PublicRows)
{
    public static async Task<KeyedVaultbox?> FindAsync(VaultContext context, VaultActor actor, Guid vaultboxId, CancellationToken cancellationToken)
    {
        var vaultbox = await context.Vaultboxes.SingleOrDefaultAsync(v => v.Id == vaultboxId && v.UserId == actor.UserId, cancellationToken);
        if (vaultbox is null)
            return null;
        var addresses = await context.Aliases
            .Where(a => a.VaultboxId == vaultboxId && a.DeletedAt == null && a.Kind != AliasKinds.CatchAll).Select(a => a.LocalPart + "@" + a.Domain).ToListAsync(cancellationToken);
        var rows = await context.Certificates.Where(c => c.VaultboxId == vaultboxId && c.CertificateType == CertificateTypes.Public).ToListAsync(cancellationToken);
        return new KeyedVaultbox(vaultbox, addresses, rows);
    }

    public static Task<bool> IsOwnAsync(VaultContext context, VaultActor actor, Guid vaultboxId, CancellationToken cancellationToken) =>
        context.Vaultboxes.AnyAsync(v => v.Id == vaultboxId && v.UserId == actor.UserId, cancellationToken);

    /// <summary>Null while there is room for another mail key.</summary>
    public VaultProblem? Full => PublicRows.Count(c => c.Purpose == KeyPurposes.Mail) < CertificatePolicy.MaxMailKeys
        ? null
        : VaultProblem.Conflict("too_many_keys", $"A vaultbox can have {CertificatePolicy.MaxMailKeys} keys, and this one has as many. Delete one that no mail needs.");

    /// <param name="except">A certificate of the vaultbox that is checked against the others.</param>
    public CertificateCheckContext ChecksAt(DateTimeOffset now, Guid? except = null)
    {
        var others = PublicRows.Where(c => c.Id != except).ToList();
        var active = others.Where(c => c.Purpose == KeyPurposes.Mail && c.Status == CertificateStatus.Active).ToList();
        return new CertificateCheckContext
        {
            VaultboxAddresses = Addresses,
            Now = now,
            ExistingFingerprints = others.Select(c => Convert.ToHexStringLower(c.FingerprintSha256)).ToList(),
            ExistingKeyFamily = active.Count == 0 ? null : CertificatePolicy.FamilyOf(active[0]),
            GraceDays = (int)CertificatePolicy.Grace.TotalDays,
        };
    }
}
