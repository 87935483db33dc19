using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Aliases;

/// <summary>Frees the addresses of aliases deleted long ago. In batches; several instances take different rows.</summary>
public sealed class PurgeAliases(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    /// <summary>How long a deleted alias can be restored.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Rows of one batch.</summary>
    internal const int Batch = 500;

    /// <returns>How many are gone for good.</returns>
    public async Task<int> HandleAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - Kept;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var total = 0;
        int done;
        do
        {
            done = await context.Database.ExecuteSqlAsync(
                $"""
                 DELETE FROM aliases WHERE id IN (
                     SELECT id FROM aliases WHERE deleted_at <= {before} LIMIT {Batch} FOR UPDATE SKIP LOCKED)
                 """, cancellationToken);
            total += done;
        }
        while (done == Batch);
        return total;
    }
}
