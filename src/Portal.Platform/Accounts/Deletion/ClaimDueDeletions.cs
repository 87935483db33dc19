using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts.Sessions;

namespace Portal.Platform.Accounts.Deletion;

/// <summary>
/// Closes accounts whose grace is over, from when nobody signs in to them or takes the deletion back, and names them for the purge.
/// Those closed before whose purge did not end are named again. The last admin is passed over.
/// </summary>
public sealed class ClaimDueDeletions(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    /// <param name="limit">Accounts at most.</param>
    public async Task<Outcome<IReadOnlyList<Guid>>> HandleAsync(Actor actor, int limit, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var due = await context.Database.SqlQuery<Guid>(
            $"""
             UPDATE users SET status = 'deleted', updated_at = {now}
             WHERE id IN (
                 SELECT gone.id FROM users AS gone
                 WHERE gone.deletion_due_at <= {now} AND (gone.status = 'deleted' OR gone.role <> 'admin' OR EXISTS (
                     SELECT FROM users AS other
                     WHERE other.id <> gone.id AND other.role = 'admin' AND other.status = 'active' AND other.deletion_due_at IS NULL))
                 ORDER BY gone.deletion_due_at LIMIT {limit} FOR UPDATE SKIP LOCKED)
             RETURNING id AS "Value"
             """).ToListAsync(cancellationToken);
        foreach (var userId in due)
            await context.AnnounceAccountAsync(userId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return due;
    }
}
