using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.SystemMail;

/// <param name="Limit">Messages at most.</param>
/// <param name="Lease">How long they are the caller's alone; a caller that dies gives them back by this time.</param>
public sealed record ClaimSystemMailRequest(int Limit, TimeSpan Lease);

/// <summary>A message that the caller alone tries to deliver, until its lease is over.</summary>
/// <param name="Attempt">Counts this try too; proves the claim when the try is settled.</param>
/// <param name="Body">Null when it was written under keys that this installation does not have.</param>
public sealed record ClaimedSystemMail(
    Guid Id, string Kind, string Recipient, string Subject, SystemMailBody? Body, int Attempt, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <param name="NextDue">When the next message that waits is due; null: none waits.</param>
public sealed record SystemMailClaim(IReadOnlyList<ClaimedSystemMail> Items, DateTimeOffset? NextDue);

/// <summary>
/// Takes messages that are due. Any number of instances may ask at once: rows that another is taking are passed over, so each message
/// is tried by one at a time.
/// </summary>
public sealed class ClaimSystemMail(IDbContextFactory<PlatformContext> contexts, SystemMailQueue queue, TimeProvider time)
{
    public async Task<Outcome<SystemMailClaim>> HandleAsync(Actor actor, ClaimSystemMailRequest request, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        var now = time.GetUtcNow();
        var until = now + request.Lease;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.SystemMessages.FromSql(
            $"""
             UPDATE system_messages SET attempts = attempts + 1, next_attempt_at = {until}
             WHERE id IN (
                 SELECT id FROM system_messages
                 WHERE state = 'queued' AND next_attempt_at <= {now} AND expires_at > {now} AND protected_body IS NOT NULL
                 ORDER BY next_attempt_at LIMIT {request.Limit} FOR UPDATE SKIP LOCKED)
             RETURNING *
             """).AsNoTracking().ToListAsync(cancellationToken);
        var due = await context.SystemMessages
            .Where(message => message.State == SystemMessageState.Queued)
            .MinAsync(message => (DateTimeOffset?)message.NextAttemptAt, cancellationToken);
        return new SystemMailClaim([.. rows.OrderBy(row => row.CreatedAt).Select(Claimed)], due);
    }

    private ClaimedSystemMail Claimed(SystemMessage row) => new(
        row.Id, row.Kind, row.Recipient, row.Subject, queue.TryOpen(row.ProtectedBody), row.Attempts, row.CreatedAt, row.ExpiresAt);
}
