using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Credentials;

/// <summary>
/// Takes over from the platform database which accounts may not sign in, so that the vault's sign-in role needs no other database to know.
/// Each account that changed is announced, and its sessions end.
/// </summary>
public sealed class MirrorSuspendedOwners(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    /// <summary>Of instances that mirror at once, one reads and writes after the other: none writes what it read before another wrote.</summary>
    private const long Lock = 0x6d6972726f72;

    /// <param name="readSuspended">Reads the complete set: who is not in it may sign in again.</param>
    /// <returns>How many accounts changed.</returns>
    public async Task<int> HandleAsync(Func<CancellationToken, Task<IReadOnlyList<Guid>>> readSuspended, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Lock})", cancellationToken);
        Guid[] ids = [.. (await readSuspended(cancellationToken)).Distinct()];
        var now = time.GetUtcNow();
        var changed = await context.Database.SqlQuery<int>(
            $"""
             WITH gone AS (DELETE FROM suspended_owners WHERE NOT user_id = ANY ({ids}) RETURNING user_id),
                 added AS (
                     INSERT INTO suspended_owners (user_id, since) SELECT id, {now} FROM unnest({ids}) AS id ORDER BY id
                     ON CONFLICT DO NOTHING RETURNING user_id),
                 told AS (SELECT pg_notify({CredentialAnnouncements.Channel}, 'owner:' || user_id) FROM (TABLE gone UNION ALL TABLE added) AS changed)
             SELECT count(*)::integer AS "Value" FROM told
             """).ToListAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return changed[0];
    }
}
