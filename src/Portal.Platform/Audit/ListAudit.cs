using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.Audit;

/// <param name="Limit">Entries, 1 to 200.</param>
/// <param name="BeforeSeq">Entries before this one; null: from the newest.</param>
public sealed record ListAuditRequest(AuditFilter Filter, int Limit = 50, long? BeforeSeq = null);

/// <param name="Next">For <see cref="ListAuditRequest.BeforeSeq"/>; null on the last page.</param>
public sealed record AuditPage(IReadOnlyList<AuditView> Items, long? Next);

/// <summary>The audit log, newest first, for admins.</summary>
public sealed class ListAudit(IDbContextFactory<PlatformContext> contexts)
{
    public async Task<Outcome<AuditPage>> HandleAsync(Actor actor, ListAuditRequest request, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        if (request.Limit is < 1 or > 200)
            return new Failure("limit_out_of_range", "The limit is from 1 to 200.");
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.FilteredAsync(request.Filter, cancellationToken) is not { } entries)
            return new AuditPage([], null);
        if (request.BeforeSeq is { } before)
            entries = entries.Where(entry => entry.Seq < before);
        var views = await context.ViewsAsync(entries.OrderByDescending(entry => entry.Seq).Take(request.Limit + 1), cancellationToken);
        if (views.Count <= request.Limit)
            return new AuditPage(views, null);
        views.RemoveAt(request.Limit);
        return new AuditPage(views, views[^1].Seq);
    }
}
