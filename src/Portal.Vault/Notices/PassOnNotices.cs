using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Notices;

/// <summary>A notice whose owner is to be written to.</summary>
/// <param name="Detail">By <see cref="NoticeDetails"/>.</param>
public sealed record NoticeToMail(Guid Id, Guid UserId, Guid? VaultboxId, string Kind, IReadOnlyDictionary<string, string> Detail, DateTimeOffset OccurredAt);

public enum NoticeTaking
{
    /// <summary>Its mail is written, or there is nobody to write to.</summary>
    Done,

    /// <summary>Its owner cannot be written to at present.</summary>
    Waits,

    /// <summary>Its mail could not be written.</summary>
    Failed,
}

/// <summary>
/// Hands over the notices that want mail, oldest first, and marks them. They are locked until they are marked, so two instances never
/// hand over the same; one that dies in between hands them over again, and whoever takes them knows them by their id. One that fails
/// holds up none behind it: it is tried again, ever later, and given up in the end.
/// </summary>
public sealed class PassOnNotices(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    /// <summary>With so many failures it is given up: after about an hour.</summary>
    public const int MostFailures = 7;

    /// <summary>Until one that waits is asked for again.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromHours(1);

    /// <param name="limit">Notices at most.</param>
    /// <param name="take">Throws when none can be taken at present: that one and those after it stay.</param>
    /// <returns>How many were handed over.</returns>
    public async Task<int> HandleAsync(int limit, Func<NoticeToMail, CancellationToken, Task<NoticeTaking>> take, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var due = await context.OwnerNotices.FromSql(
            $"""
             SELECT * FROM owner_notices
             WHERE wants_mail AND mailed_at IS NULL AND mail_failures < {MostFailures} AND (mail_after IS NULL OR mail_after <= {now})
             ORDER BY occurred_at LIMIT {limit} FOR UPDATE SKIP LOCKED
             """)
            .AsTracking().ToListAsync(cancellationToken);
        var passed = 0;
        try
        {
            foreach (var notice in due.OrderBy(n => n.OccurredAt).ThenBy(n => n.Id))
            {
                Mark(notice, await take(ToMail(notice), cancellationToken), time.GetUtcNow());
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

    private static void Mark(OwnerNotice notice, NoticeTaking taking, DateTimeOffset now)
    {
        switch (taking)
        {
            case NoticeTaking.Waits:
                notice.MailAfter = now + Wait;
                break;
            case NoticeTaking.Failed:
                notice.MailAfter = now + TimeSpan.FromMinutes(1 << notice.MailFailures++);
                break;
            default:
                notice.MailedAt = now;
                break;
        }
    }

    private static NoticeToMail ToMail(OwnerNotice notice)
    {
        using var detail = JsonDocument.Parse(notice.Detail);
        var texts = detail.RootElement.ValueKind == JsonValueKind.Object ? detail.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString(), StringComparer.Ordinal) : [];
        return new NoticeToMail(notice.Id, notice.UserId, notice.VaultboxId, notice.Kind, texts, notice.OccurredAt);
    }
}
