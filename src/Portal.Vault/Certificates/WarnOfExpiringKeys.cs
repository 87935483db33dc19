using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Vault.Notices;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Certificates;

/// <summary>
/// Tells owners of mail keys that end: 60, 14 and 3 days before, and when they have ended, each once. One that was not asked for weeks
/// tells what is true now, not what it missed. A key that was retired warns nobody: no mail is sealed to it.
/// </summary>
public sealed class WarnOfExpiringKeys(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    /// <summary>Keys at most in one transaction.</summary>
    public const int Batch = 100;

    /// <returns>How many notices were written; <see cref="Batch"/>: there may be more.</returns>
    public async Task<int> HandleAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var due = await DueAsync(context, now, cancellationToken);
        var ids = due.Select(c => c.VaultboxId).Distinct().ToList();
        var vaultboxes = await context.Vaultboxes.Where(v => ids.Contains(v.Id)).ToDictionaryAsync(v => v.Id, cancellationToken);
        var successors = await SuccessorsAsync(context, ids, now, cancellationToken);
        foreach (var key in due)
        {
            key.ExpiryWarnedDays = Step(key, now);
            // One may have been deleted a moment ago.
            if (vaultboxes.TryGetValue(key.VaultboxId, out var vaultbox))
                Tell(context, vaultbox, key, successors.GetValueOrDefault(key.VaultboxId), now);
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return due.Count;
    }

    /// <summary>Locked against another instance, which skips them.</summary>
    private static Task<List<Certificate>> DueAsync(VaultContext context, DateTimeOffset now, CancellationToken cancellationToken) => context.Certificates.FromSql(
        $"""
         SELECT c.* FROM certificates c JOIN vaultboxes v ON v.id = c.vaultbox_id
         WHERE c.certificate_type = 'public' AND c.purpose = 'mail' AND c.status = 'active' AND v.deleted_at IS NULL AND c.not_after <= {now.AddDays(CertificatePolicy.WarningDays[0])}
             AND (c.expiry_warned_days IS NULL
                 OR c.expiry_warned_days > 14 AND c.not_after <= {now.AddDays(CertificatePolicy.WarningDays[1])}
                 OR c.expiry_warned_days > 3 AND c.not_after <= {now.AddDays(CertificatePolicy.WarningDays[2])}
                 OR c.expiry_warned_days > 0 AND c.not_after <= {now})
         ORDER BY c.not_after LIMIT {Batch} FOR UPDATE OF c SKIP LOCKED
         """).AsTracking().ToListAsync(cancellationToken);

    /// <summary>Of each vaultbox the end of the active key that lives longest.</summary>
    private static async Task<Dictionary<Guid, DateTimeOffset?>> SuccessorsAsync(VaultContext context, List<Guid> ids, DateTimeOffset now, CancellationToken cancellationToken) =>
        await context.Certificates
            .Where(c => ids.Contains(c.VaultboxId) && c.CertificateType == CertificateTypes.Public && c.Purpose == KeyPurposes.Mail
                && c.Status == CertificateStatus.Active && c.NotBefore <= now)
            .GroupBy(c => c.VaultboxId).Select(g => new { g.Key, Last = g.Max(c => c.NotAfter) })
            .ToDictionaryAsync(g => g.Key, g => g.Last, cancellationToken);

    /// <summary>The step that was reached last; 60 when the first was.</summary>
    private static short Step(Certificate key, DateTimeOffset now) =>
        (short)CertificatePolicy.WarningDays.Last(days => key.NotAfter <= now.AddDays(days));

    private static void Tell(VaultContext context, Vaultbox vaultbox, Certificate key, DateTimeOffset? longest, DateTimeOffset now)
    {
        var days = Math.Max(0, (int)Math.Ceiling((key.NotAfter!.Value - now).TotalDays));
        var more = new List<(string, string)> { (NoticeDetails.Days, days.ToString(CultureInfo.InvariantCulture)) };
        if (longest > key.NotAfter)
            more.Add((NoticeDetails.SuccessorUntil, longest.Value.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)));
        context.NotifyKey(vaultbox, key, NoticeKinds.KeyExpiring, now, [.. more]);
    }
}
