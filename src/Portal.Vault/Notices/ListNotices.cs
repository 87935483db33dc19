using Microsoft.EntityFrameworkCore;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Notices;

/// <param name="Limit">1 to 200 rows.</param>
/// <param name="After">Cursor from the page before.</param>
public sealed record ListNoticesRequest(VaultActor Actor, int Limit = 50, string? After = null);

/// <summary>What the actor was told, newest first.</summary>
public sealed class ListNotices(IDbContextFactory<VaultContext> contexts)
{
    public async Task<VaultResult<Page<NoticeView>>> HandleAsync(ListNoticesRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesRead))
            return request.Actor.Refusal;
        if (!Cursor.TryRead(request.After, out var after))
            return Cursor.Malformed;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var own = context.OwnerNotices.Where(n => n.UserId == request.Actor.UserId);
        if (after is { } position)
            own = own.Where(n => n.OccurredAt < position.At || (n.OccurredAt == position.At && n.Id < position.Id));
        var limit = Math.Clamp(request.Limit, 1, 200);
        var rows = await own.OrderByDescending(n => n.OccurredAt).ThenByDescending(n => n.Id).Take(limit + 1).ToListAsync(cancellationToken);
        return Cursor.PageOf(rows.ConvertAll(row => NoticeView.Of(row).For(request.Actor)), limit, n => new Position(n.OccurredAt, n.Id));
    }
}
