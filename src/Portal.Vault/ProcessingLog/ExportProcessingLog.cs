using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;

namespace Portal.Vault.ProcessingLog;

/// <param name="Filters">Its limit and cursor do not count; without a beginning it is the last 24 hours.</param>
public sealed record ExportProcessingLogRequest(ListProcessingLogRequest Filters);

/// <summary>
/// All events that the filters find, newest first, a page at a time: the log is never held as a whole. An admin's are everybody's, anyone
/// else's their own. More than <see cref="Most"/> is refused before the first row.
/// </summary>
public sealed class ExportProcessingLog(IDbContextFactory<VaultContext> contexts, CountProcessingLog count, TimeProvider time)
{
    /// <summary>Rows.</summary>
    public const int Most = 1_000_000;

    private const int PageSize = 5_000;

    public static readonly VaultProblem TooMany = VaultProblem.Conflict(
        "export_too_large", "More than 1,000,000 events match. Narrow the time or another filter, then export again.");

    public async Task<VaultResult<IAsyncEnumerable<LogEntryView>>> HandleAsync(ExportProcessingLogRequest request, CancellationToken cancellationToken)
    {
        if (request.Filters.Actor.IsSupport || !request.Filters.Actor.Has(VaultScopes.LogsRead))
            return request.Filters.Actor.Refusal;
        // What comes meanwhile would move under the reader.
        var filters = request.Filters with { To = request.Filters.To ?? time.GetUtcNow() };
        filters = filters with { From = filters.From ?? CountProcessingLog.Before(filters.To.Value) };
        var counted = await count.HandleAsync(new CountProcessingLogRequest(filters), cancellationToken);
        if (!counted.Succeeded)
            return counted.Problem;
        if (counted.Value.Events > Most)
            return TooMany;
        await RecordAsync(filters, counted.Value.Events, cancellationToken);
        return new VaultResult<IAsyncEnumerable<LogEntryView>>(RowsAsync(filters, cancellationToken), null);
    }

    private async Task RecordAsync(ListProcessingLogRequest filters, long events, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // An admin's is everybody's mail; of anyone else it is their own.
        context.Audit(
            filters.Actor.By, Acts.ProcessingLogExported, new AuditTarget(AuditTarget.LogKind, "processing", filters.Actor.MayAdminister ? null : filters.Actor.UserId),
            time.GetUtcNow(), new AuditDetail().Fact("events", events).Fact("from", filters.From).Fact("to", filters.To));
        await context.SaveChangesAsync(cancellationToken);
    }

    private async IAsyncEnumerable<LogEntryView> RowsAsync(ListProcessingLogRequest filters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        Position? after = null;
        while (true)
        {
            var page = await ListProcessingLog.Newest(context, filters, after, PageSize).Select(LogEntryView.FromEntry).ToListAsync(cancellationToken);
            foreach (var row in page)
                yield return row;
            if (page.Count < PageSize)
                yield break;
            after = new Position(page[^1].OccurredAt, page[^1].Id);
        }
    }
}
