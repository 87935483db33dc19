using Microsoft.EntityFrameworkCore;
using Portal.Vault.Credentials;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Certificates;

/// <summary>
/// A mail key of the actor's beside the others of its vaultbox, held until the transaction ends: acts on the keys of one vaultbox go one
/// after another. Reading keys and owner keys go with the vaultbox; they are none of these.
/// </summary>
/// <param name="MailRows">The public rows of all mail keys, this one among them.</param>
internal sealed record LockedKey(Vaultbox Vaultbox, Certificate Row, IReadOnlyList<Certificate> MailRows)
{
    /// <returns>Null when there is none, or the actor has none of this id.</returns>
    public static async Task<LockedKey?> TakeAsync(
        VaultContext context, VaultActor actor, Guid vaultboxId, Guid certificateId, CancellationToken cancellationToken)
    {
        if (!await LockedDevice.LockVaultboxAsync(context, actor, vaultboxId, cancellationToken))
            return null;
        var vaultbox = await context.Vaultboxes.SingleAsync(v => v.Id == vaultboxId, cancellationToken);
        var rows = await context.Certificates.AsTracking()
            .Where(c => c.VaultboxId == vaultboxId && c.CertificateType == CertificateTypes.Public && c.Purpose == KeyPurposes.Mail)
            .ToListAsync(cancellationToken);
        return rows.Find(c => c.Id == certificateId) is { } row ? new LockedKey(vaultbox, row, rows) : null;
    }

    /// <summary>Whether nothing would be left to seal new mail to without it.</summary>
    public bool IsLastInUse(DateTimeOffset now) =>
        CertificatePolicy.IsSealedTo(Row, now) && !MailRows.Any(other => other != Row && CertificatePolicy.IsSealedTo(other, now));

    /// <summary>Whether keys of another family are in use: mail is sealed to one family only.</summary>
    public bool IsOfAnotherFamily => MailRows.Any(other => other.Status == CertificateStatus.Active && CertificatePolicy.FamilyOf(other) != CertificatePolicy.FamilyOf(Row));

    /// <summary>Saves, and ends the transaction in which the key was taken.</summary>
    public async Task<CertificateView> StoredAsync(VaultContext context, CancellationToken cancellationToken)
    {
        await context.SaveChangesAsync(cancellationToken);
        await context.Database.CurrentTransaction!.CommitAsync(cancellationToken);
        return CertificateView.FromRow(Row);
    }
}
