using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Credentials;

/// <param name="Passwords">Former passwords whose hashes were cleared.</param>
/// <param name="Uses">Rows of who used what.</param>
/// <param name="Devices">Revoked ones that are gone for good.</param>
public sealed record PurgedPasswords(int Passwords, int Uses, int Devices);

/// <summary>
/// Clears the hashes of former passwords whose overlap is over, what was noted of uses more than 90 days ago, and devices revoked that
/// long ago. In batches, so that nobody waits for it; several instances take different rows.
/// </summary>
public sealed class PurgeEndedPasswords(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    /// <summary>Rows of one batch.</summary>
    internal const int Batch = 500;

    internal static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public async Task<PurgedPasswords> HandleAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var before = now - Kept;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var passwords = await RepeatAsync(() => ClearAsync(context, now, cancellationToken));
        var uses = await RepeatAsync(() => context.Database.ExecuteSqlAsync(
            $"""
             DELETE FROM device_uses WHERE ctid IN (
                 SELECT ctid FROM device_uses WHERE last_at < {before} LIMIT {Batch} FOR UPDATE SKIP LOCKED)
             """, cancellationToken));
        var devices = await RepeatAsync(() => context.Database.ExecuteSqlAsync(
            $"""
             DELETE FROM devices WHERE id IN (
                 SELECT id FROM devices WHERE revoked_at < {before} LIMIT {Batch} FOR UPDATE SKIP LOCKED)
             """, cancellationToken));
        return new PurgedPasswords(passwords, uses, devices);
    }

    private static async Task<int> ClearAsync(VaultContext context, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var cleared = await context.Database.SqlQuery<int>(
            $"""
             WITH due AS (
                     SELECT id FROM devices WHERE previous_valid_until <= {now} LIMIT {Batch} FOR UPDATE SKIP LOCKED),
                 smtp AS (UPDATE vaultbox_smtp_credentials c SET previous_password_hash = NULL, updated_at = {now} FROM due WHERE c.device_id = due.id),
                 imap AS (UPDATE imap_app_credentials c SET previous_password_hash = NULL, updated_at = {now} FROM due WHERE c.device_id = due.id),
                 cleared AS (
                     UPDATE devices d SET previous_password_id = NULL, previous_selector = NULL, previous_valid_until = NULL, updated_at = {now}
                     FROM due WHERE d.id = due.id RETURNING d.id),
                 told AS (SELECT pg_notify({CredentialAnnouncements.Channel}, 'device:' || id) FROM cleared)
             SELECT count(*)::integer AS "Value" FROM told
             """).ToListAsync(cancellationToken);
        return cleared[0];
    }

    /// <summary>Until a batch is not full.</summary>
    private static async Task<int> RepeatAsync(Func<Task<int>> batchAsync)
    {
        var total = 0;
        int done;
        do
        {
            done = await batchAsync();
            total += done;
        }
        while (done == Batch);
        return total;
    }
}
