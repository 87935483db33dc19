using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Vault.Aliases;
using Portal.Vault.Certificates;
using Portal.Vault.ProcessingLog;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Purge;

/// <param name="Messages">Sealed messages destroyed.</param>
/// <param name="Octets">Of their sealed content.</param>
public sealed record PurgedVaultboxes(int Vaultboxes, long Messages, long Octets)
{
    public static readonly PurgedVaultboxes None = new(0, 0, 0);

    public static PurgedVaultboxes operator +(PurgedVaultboxes a, PurgedVaultboxes b) => new(a.Vaultboxes + b.Vaultboxes, a.Messages + b.Messages, a.Octets + b.Octets);
}

/// <summary>
/// Destroys one vaultbox with its mail, keys, addresses and devices, in one transaction together with the log row that counts it: a crash
/// leaves all of it or nothing. Whose the addresses were is kept: see <see cref="RetiredAddress"/>.
/// </summary>
internal sealed class VaultboxDestruction(ProcessingLogWriter log, TimeProvider time)
{
    /// <summary>A large vaultbox takes its time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <param name="why">For the log: a clause that its counts follow.</param>
    /// <param name="isDue">Asked once the row is held.</param>
    /// <param name="tell">Adds to the transaction; null: nobody is told.</param>
    /// <returns>None when another instance has destroyed it meanwhile, or it is not due.</returns>
    public async Task<PurgedVaultboxes> DestroyAsync(
        VaultContext context, Guid id, string why, Func<Vaultbox, bool> isDue, Action<Vaultbox, PurgedVaultboxes>? tell, CancellationToken cancellationToken)
    {
        context.Database.SetCommandTimeout(Patience);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // Mail whose RCPT was accepted before waits at its mailbox's row, the lock that storing takes first, and is deferred when that is gone.
        await context.Mailboxes.Where(m => m.VaultboxId == id).ExecuteUpdateAsync(m => m.SetProperty(x => x.HighestModSeq, x => x.HighestModSeq + 1), cancellationToken);
        var vaultbox = await context.Vaultboxes.FromSql($"SELECT * FROM vaultboxes WHERE id = {id} FOR UPDATE").IgnoreQueryFilters().SingleOrDefaultAsync(cancellationToken);
        if (vaultbox is null || !isDue(vaultbox))
            return PurgedVaultboxes.None;
        await context.RetireAsync(id, vaultbox.UserId, time.GetUtcNow(), cancellationToken);
        await context.Aliases.Where(a => a.VaultboxId == id).ExecuteDeleteAsync(cancellationToken);
        var octets = await context.EncryptedEmails.Where(e => e.VaultboxId == id).SumAsync(e => (long?)e.Size, cancellationToken) ?? 0;
        long messages = await context.EncryptedEmails.Where(e => e.VaultboxId == id).ExecuteDeleteAsync(cancellationToken);
        await context.Mailboxes.Where(m => m.VaultboxId == id).ExecuteDeleteAsync(cancellationToken);
        var keys = await context.Certificates.CountAsync(
            c => c.VaultboxId == id && c.CertificateType == CertificateTypes.Public && c.Purpose == KeyPurposes.Mail, cancellationToken);
        await context.Certificates.Where(c => c.VaultboxId == id).ExecuteDeleteAsync(cancellationToken);
        await context.Deliveries.Where(d => d.VaultboxId == id).ExecuteDeleteAsync(cancellationToken);
        await context.Vaultboxes.IgnoreQueryFilters().Where(v => v.Id == id).ExecuteDeleteAsync(cancellationToken);
        var purged = new PurgedVaultboxes(1, messages, octets);
        tell?.Invoke(vaultbox, purged);
        context.Audit(
            AuditBy.Portal, Acts.VaultboxPurged, AuditTarget.Of(AuditTarget.VaultboxKind, id, vaultbox.UserId), time.GetUtcNow(),
            new AuditDetail().Fact("messages", messages).Fact("octets", octets).Fact("keys", keys).Personal("address", vaultbox.Address, null));
        context.Add(Row(vaultbox, purged, string.Create(CultureInfo.InvariantCulture, $"{why}: {messages:N0} sealed {(messages == 1 ? "message" : "messages")} and {keys:N0} {(keys == 1 ? "key" : "keys")} destroyed.")));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        context.ChangeTracker.Clear();
        return purged;
    }

    private ProcessingLogEntry Row(Vaultbox vaultbox, PurgedVaultboxes purged, string reason) => new()
    {
        OccurredAt = time.GetUtcNow(),
        PassportId = Guid.CreateVersion7(time.GetUtcNow()),
        VaultboxId = vaultbox.Id,
        UserId = vaultbox.UserId,
        Stage = LogStages.Purged,
        Outcome = LogOutcomes.Ok,
        Reason = reason,
        SizeBytes = purged.Octets,
        Instance = log.Instance,
    };
}
