using Microsoft.EntityFrameworkCore;
using Portal.Vault.ProcessingLog;

namespace Portal.Vault.Home;

/// <param name="Limit">1 to 50 messages.</param>
public sealed record ListRecentActivityRequest(VaultActor Actor, int Limit = 8);

/// <summary>What last became of mail in any of the actor's own vaultboxes: the newest event of each message, an admin's too of own mail alone.</summary>
public sealed class ListRecentActivity(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    /// <summary>Older is not recent, and is not looked through.</summary>
    internal static readonly TimeSpan Recent = TimeSpan.FromDays(30);

    /// <summary>Events that a message leaves, about.</summary>
    private const int EventsPerMessage = 4;

    public async Task<VaultResult<IReadOnlyList<LogEntryView>>> HandleAsync(ListRecentActivityRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.LogsRead))
            return request.Actor.Refusal;
        var since = time.GetUtcNow() - Recent;
        var limit = Math.Clamp(request.Limit, 1, 50);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var own = context.Vaultboxes.Where(v => v.UserId == request.Actor.UserId && v.DeletedAt == null).Select(v => (Guid?)v.Id);
        var events = await context.ProcessingLogs.Where(l => own.Contains(l.VaultboxId) && l.OccurredAt > since)
            .OrderByDescending(l => l.OccurredAt).ThenByDescending(l => l.Id).Take(limit * EventsPerMessage)
            .Select(LogEntryView.FromEntry).ToListAsync(cancellationToken);
        // Events of one moment: the later step.
        var stages = LogStages.All.ToList();
        return events.GroupBy(e => e.PassportId).Select(message => message.MaxBy(e => (e.OccurredAt, stages.IndexOf(e.Stage)))!).Take(limit)
            .Select(e => e.For(request.Actor)).ToList();
    }
}
