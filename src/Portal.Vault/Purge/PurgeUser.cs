using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Vault.Credentials;
using Portal.Vault.ProcessingLog;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Purge;

/// <param name="Messages">Sealed messages destroyed by this call.</param>
/// <param name="Octets">Of their sealed content.</param>
public sealed record PurgedUser(int Vaultboxes, long Messages, long Octets);

/// <summary>
/// Destroys all that the vault holds of an account that is gone: its devices, its vaultboxes with their mail, keys and addresses, then
/// its wrapped keys. Each vaultbox goes in one transaction together with the log row that counts it, so a crash leaves whole vaultboxes
/// or none, and asking again goes on. Its addresses are refused from then on.
/// </summary>
public sealed class PurgeUser(IDbContextFactory<VaultContext> contexts, ProcessingLogWriter log, TimeProvider time)
{
    /// <summary>A large vaultbox takes its time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    public async Task<PurgedUser> HandleAsync(Guid userId, CancellationToken cancellationToken)
    {
        var total = new PurgedUser(0, 0, 0);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Database.SetCommandTimeout(Patience);
        await EndDevicesAsync(context, userId, cancellationToken);
        foreach (var id in await context.Vaultboxes.Where(v => v.UserId == userId).OrderBy(v => v.Id).Select(v => v.Id).ToListAsync(cancellationToken))
        {
            if (await PurgeVaultboxAsync(context, id, userId, cancellationToken) is { } purged)
                total = new PurgedUser(total.Vaultboxes + 1, total.Messages + purged.Messages, total.Octets + purged.Octets);
        }

        await context.OwnerNotices.Where(n => n.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await context.VaultKeyWraps.Where(w => w.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        return total;
    }

    /// <summary>Before all else: no mail program stays signed in to what is being destroyed.</summary>
    private static async Task EndDevicesAsync(VaultContext context, Guid userId, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.Devices.Where(d => d.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await context.AnnounceOwnerAsync(userId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <returns>Null when another instance has purged it meanwhile.</returns>
    private async Task<PurgedUser?> PurgeVaultboxAsync(VaultContext context, Guid id, Guid userId, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // Mail whose RCPT was accepted before waits at its mailbox's row, the lock that storing takes first, and is deferred when that is gone.
        await context.Mailboxes.Where(m => m.VaultboxId == id).ExecuteUpdateAsync(m => m.SetProperty(x => x.HighestModSeq, x => x.HighestModSeq + 1), cancellationToken);
        var vaultbox = await context.Vaultboxes.FromSql($"SELECT * FROM vaultboxes WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(cancellationToken);
        if (vaultbox is null)
            return null;
        await context.Aliases.Where(a => a.VaultboxId == id).ExecuteDeleteAsync(cancellationToken);
        var octets = await context.EncryptedEmails.Where(e => e.VaultboxId == id).SumAsync(e => (long?)e.Size, cancellationToken) ?? 0;
        long messages = await context.EncryptedEmails.Where(e => e.VaultboxId == id).ExecuteDeleteAsync(cancellationToken);
        await context.Mailboxes.Where(m => m.VaultboxId == id).ExecuteDeleteAsync(cancellationToken);
        var keys = await context.Certificates.Where(c => c.VaultboxId == id).ExecuteDeleteAsync(cancellationToken);
        await context.Deliveries.Where(d => d.VaultboxId == id).ExecuteDeleteAsync(cancellationToken);
        await context.Vaultboxes.Where(v => v.Id == id).ExecuteDeleteAsync(cancellationToken);
        context.Add(Row(vaultbox, userId, messages, octets, keys));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        context.ChangeTracker.Clear();
        return new PurgedUser(1, messages, octets);
    }

    private ProcessingLogEntry Row(Vaultbox vaultbox, Guid userId, long messages, long octets, int keys) => new()
    {
        OccurredAt = time.GetUtcNow(),
        PassportId = Guid.CreateVersion7(time.GetUtcNow()),
        VaultboxId = vaultbox.Id,
        UserId = userId,
        Stage = LogStages.Purged,
        Outcome = LogOutcomes.Ok,
        Reason = string.Create(CultureInfo.InvariantCulture, $"The account was deleted: {messages} sealed messages and {keys} keys destroyed."),
        SizeBytes = octets,
        Instance = log.Instance,
    };
}
