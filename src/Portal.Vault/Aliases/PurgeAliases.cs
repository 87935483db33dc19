using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Aliases;

/// <summary>
/// Frees the addresses of aliases deleted long ago, on a shared domain for who had them alone. In batches; several instances take different rows.
/// </summary>
public sealed class PurgeAliases(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    /// <summary>How long a deleted alias can be restored.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Rows of one batch.</summary>
    internal const int Batch = 500;

    /// <returns>How many are gone for good.</returns>
    public async Task<int> HandleAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var before = now - Kept;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var total = 0;
        int done;
        do
        {
            done = (await context.Database.SqlQuery<int>(
                $"""
                 WITH gone AS (
                     DELETE FROM aliases WHERE id IN (SELECT id FROM aliases WHERE deleted_at <= {before} LIMIT {Batch} FOR UPDATE SKIP LOCKED)
                     RETURNING vaultbox_id, kind, domain, local_part),
                 retired AS (
                     INSERT INTO retired_addresses (domain, local_part, user_id, retired_at)
                     SELECT gone.domain, local_part, user_id, {now} FROM gone JOIN vaultboxes ON vaultboxes.id = vaultbox_id
                     WHERE kind <> 'catch_all' ORDER BY gone.domain, local_part
                     ON CONFLICT (domain, local_part) DO UPDATE SET user_id = excluded.user_id, retired_at = excluded.retired_at)
                 SELECT count(*)::integer AS "Value" FROM gone
                 """).ToListAsync(cancellationToken))[0];
            total += done;
        }
        while (done == Batch);
        return total;
    }
}
