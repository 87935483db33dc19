using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.ProcessingLog;

/// <summary>Filters of the processing log; a null or empty one does not filter.</summary>
/// <param name="From">Earliest time, inclusive.</param>
/// <param name="To">Latest time, exclusive.</param>
/// <param name="Text">Any of the five filters below, told apart by its look (<see cref="LogSearch"/>).</param>
/// <param name="VaultboxId">Only this vaultbox.</param>
/// <param name="Limit">1 to 200 rows.</param>
/// <param name="After">Cursor from the page before.</param>
/// <param name="Code">An SMTP reply code (550), an enhanced one (5.1.1), or both with a space between.</param>
/// <param name="Domain">Of the sender or of the recipient; whole.</param>
/// <param name="Address">Of the sender or of the recipient; whole.</param>
/// <param name="PeerIp">Of the server that handed the mail over.</param>
/// <param name="PassportId">Only this message.</param>
public sealed record ListProcessingLogRequest(
    VaultActor Actor,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    IReadOnlyList<string>? Stages = null,
    IReadOnlyList<string>? Outcomes = null,
    string? Text = null,
    Guid? VaultboxId = null,
    int Limit = 50,
    string? After = null,
    string? Code = null,
    string? Domain = null,
    string? Address = null,
    IPAddress? PeerIp = null,
    Guid? PassportId = null);

/// <summary>The log, newest first: an admin sees all rows, anyone else those of their own vaultboxes.</summary>
public sealed class ListProcessingLog(IDbContextFactory<VaultContext> contexts)
{
    public async Task<VaultResult<Page<LogEntryView>>> HandleAsync(ListProcessingLogRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.LogsRead))
            return request.Actor.Refusal;
        if (!Cursor.TryRead(request.After, out var after))
            return Cursor.Malformed;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var limit = Math.Clamp(request.Limit, 1, 200);
        var found = await Newest(context, request, after, limit + 1).Select(LogEntryView.FromEntry).ToListAsync(cancellationToken);
        return Cursor.PageOf(found.ConvertAll(l => l.For(request.Actor)), limit, l => new Position(l.OccurredAt, l.Id));
    }

    /// <summary>
    /// The newest rows behind the position. Each branch is read from its index in the order of time and ends at the limit; one query with an
    /// “or” would read all that match before it could sort them.
    /// </summary>
    internal static IQueryable<ProcessingLogEntry> Newest(VaultContext context, ListProcessingLogRequest request, Position? after, int limit)
    {
        var branches = LogFilters.Branches(context, request).ConvertAll(branch => InOrder(Behind(branch, after)).Take(limit));
        return branches.Count == 1 ? branches[0] : InOrder(branches[0].Concat(branches[1])).Take(limit);
    }

    private static IQueryable<ProcessingLogEntry> Behind(IQueryable<ProcessingLogEntry> rows, Position? after) => after is { } position
        ? rows.Where(l => l.OccurredAt <= position.At && (l.OccurredAt < position.At || l.Id < position.Id))
        : rows;

    private static IOrderedQueryable<ProcessingLogEntry> InOrder(IQueryable<ProcessingLogEntry> rows) =>
        rows.OrderByDescending(l => l.OccurredAt).ThenByDescending(l => l.Id);
}
