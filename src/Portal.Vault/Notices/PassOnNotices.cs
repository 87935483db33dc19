using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Notices;

/// <summary>A notice whose owner is to be written to.</summary>
/// <param name="Detail">By <see cref="NoticeDetails"/>.</param>
public sealed record NoticeToMail(Guid Id, Guid UserId, Guid? VaultboxId, string Kind, IReadOnlyDictionary<string, string> Detail, DateTimeOffset OccurredAt);

/// <summary>
/// Hands over the notices that want mail, oldest first, and marks them. They are locked until they are marked, so two instances never
/// hand over the same; one that dies in between hands them over again, and whoever takes them knows them by their id.
/// </summary>
public sealed class PassOnNotices(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    /// <param name="limit">Notices at most.</param>
    /// <param name="take">Throws when it could not take a notice: that one and those after it stay.</param>
    /// <returns>How many were handed over.</returns>
    public async Task<int> HandleAsync(int limit, Func<NoticeToMail, CancellationToken, Task> take, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var due = await context.OwnerNotices.FromSql(
            $"SELECT * FROM owner_notices WHERE wants_mail AND mailed_at IS NULL ORDER BY occurred_at LIMIT {limit} FOR UPDATE SKIP LOCKED")
            .AsTracking().ToListAsync(cancellationToken);
        var passed = 0;
        try
        {
            foreach (var notice in due.OrderBy(n => n.OccurredAt).ThenBy(n => n.Id))
            {
                await take(
                    new NoticeToMail(
                        notice.Id, notice.UserId, notice.VaultboxId, notice.Kind,
                        JsonSerializer.Deserialize<Dictionary<string, string>>(notice.Detail) ?? [], notice.OccurredAt),
                    cancellationToken);
                notice.MailedAt = time.GetUtcNow();
                passed++;
            }
        }
        finally
        {
            // What was taken is marked even if the next one could not be.
            await context.SaveChangesAsync(CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
        }

        return passed;
    }
}
