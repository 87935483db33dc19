using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Notices;

/// <summary>Forgets what owners have read long ago, and what is a year old. In batches; several instances take different rows.</summary>
public sealed class PurgeNotices(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    /// <summary>How long a notice is kept once it is read.</summary>
    public static readonly TimeSpan KeptRead = TimeSpan.FromDays(90);

    /// <summary>How long any is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>Rows of one batch.</summary>
    internal const int Batch = 1_000;

    /// <returns>How many are gone.</returns>
    public async Task<int> HandleAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (readBefore, before) = (now - KeptRead, now - Kept);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var total = 0;
        int done;
        do
        {
            done = await context.Database.ExecuteSqlAsync(
                $"""
                 DELETE FROM owner_notices WHERE id IN (
                     SELECT id FROM owner_notices WHERE read_at <= {readBefore} OR occurred_at <= {before} LIMIT {Batch} FOR UPDATE SKIP LOCKED)
                 """, cancellationToken);
            total += done;
        }
        while (done == Batch);
        return total;
    }
}
