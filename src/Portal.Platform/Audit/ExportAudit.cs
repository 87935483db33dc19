using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts;

namespace Portal.Platform.Audit;

/// <param name="Format">For the entry that the export leaves: <c>csv</c> or <c>ndjson</c>.</param>
public sealed record ExportAuditRequest(AuditFilter Filter, string Format);

/// <summary>The entries that match, newest first, at most <see cref="Most"/>; the export is an act itself and is chained.</summary>
public sealed class ExportAudit(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public const int Most = 100_000;

    public async Task<Outcome<IReadOnlyList<AuditView>>> HandleAsync(Actor actor, ExportAuditRequest request, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var entries = await context.FilteredAsync(request.Filter, cancellationToken);
        List<AuditView> views = entries is null ? [] : await context.ViewsAsync(entries.OrderByDescending(entry => entry.Seq).Take(Most), cancellationToken);
        context.Audit(
            actor, Acts.AuditExported, new AuditTarget(AuditTarget.LogKind, "audit", null), time.GetUtcNow(),
            new AuditDetail().Fact("entries", views.Count).Fact("format", request.Format));
        await context.SaveChangesAsync(cancellationToken);
        return views;
    }
}
