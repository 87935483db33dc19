using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Notices;

/// <param name="Ids">At most 500; null: all.</param>
/// <param name="Until">Only what occurred by then, so that nothing is marked that came in meanwhile; null: now.</param>
public sealed record MarkNoticesReadRequest(VaultActor Actor, IReadOnlyCollection<Guid>? Ids = null, DateTimeOffset? Until = null);

/// <param name="Marked">How many were unread.</param>
public sealed record MarkedNotices(int Marked);

/// <summary>Marks what the actor was told as read. What is another's is passed over as what is not there.</summary>
public sealed class MarkNoticesRead(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public const int Most = 500;

    public async Task<VaultResult<MarkedNotices>> HandleAsync(MarkNoticesReadRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesWrite))
            return request.Actor.Refusal;
        if (request.Ids is { Count: > Most } or { Count: 0 })
            return VaultProblem.Invalid("ids_out_of_range", $"Name 1 to {Most} notices, or none for all.");
        var now = time.GetUtcNow();
        var until = request.Until?.ToUniversalTime() ?? now;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var unread = context.OwnerNotices.Where(n => n.UserId == request.Actor.UserId && n.ReadAt == null && n.OccurredAt <= until);
        if (request.Ids is { } ids)
            unread = unread.Where(n => ids.Contains(n.Id));
        return new MarkedNotices(await unread.ExecuteUpdateAsync(n => n.SetProperty(x => x.ReadAt, now), cancellationToken));
    }
}
