using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Vault.Certificates;
using Portal.Vault.Notices;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Intake;

/// <summary>
/// Tells that a key stands in the database which nobody bound to its vaultbox: the operator by log and metric at every message, the owner
/// by a notice and by mail once a day. Somebody who can write to the database has tried to read mail, or has lost a row.
/// </summary>
internal sealed class ForeignKeyAlarm(
    IDbContextFactory<VaultContext> contexts, SealingMetrics metrics, TimeProvider time, ILogger<ForeignKeyAlarm> logger)
{
    /// <summary>How long one notice stands for all messages that were put off.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromDays(1);

    public async Task RaiseAsync(Guid vaultboxId, Certificate foreign, CancellationToken cancellationToken)
    {
        var fingerprint = Convert.ToHexStringLower(foreign.FingerprintSha256);
        metrics.FoundForeignKey();
        logger.ForeignKey(vaultboxId, foreign.Purpose, foreign.Id, fingerprint);

        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // Of messages that come at once, one writes.
        var vaultbox = await context.Vaultboxes
            .FromSql($"SELECT * FROM vaultboxes WHERE id = {vaultboxId} FOR NO KEY UPDATE").SingleOrDefaultAsync(cancellationToken);
        if (vaultbox is null || await IsToldAsync(context, vaultbox, now, cancellationToken))
            return;

        // Without the key's name, which whoever put it there has chosen: it would be a message of theirs.
        var detail = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [NoticeDetails.Fingerprint] = fingerprint,
            [NoticeDetails.Address] = vaultbox.Address,
        };
        context.Notify(vaultbox.UserId, vaultbox.Id, NoticeKinds.KeyForeign, detail, now, wantsMail: true);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static Task<bool> IsToldAsync(VaultContext context, Vaultbox vaultbox, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - Quiet;
        return context.OwnerNotices.AnyAsync(
            n => n.UserId == vaultbox.UserId && n.VaultboxId == vaultbox.Id && n.Kind == NoticeKinds.KeyForeign && n.OccurredAt > since, cancellationToken);
    }
}
