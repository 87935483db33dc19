using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.ProcessingLog;

/// <summary>Filters of the processing log; a null or empty one does not filter.</summary>
/// <param name="From">Earliest time, inclusive.</param>
/// <param name="To">Latest time, exclusive.</param>
/// <param name="Text">An address or part of one, a domain, an IP address, a host name, a passport id, an SMTP or enhanced code.</param>
/// <param name="VaultboxId">Only this vaultbox.</param>
/// <param name="Limit">1 to 200 rows.</param>
/// <param name="After">Cursor from the page before.</param>
public sealed record ListProcessingLogRequest(
    VaultActor Actor,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    IReadOnlyList<string>? Stages = null,
    IReadOnlyList<string>? Outcomes = null,
    string? Text = null,
    Guid? VaultboxId = null,
    int Limit = 50,
    string? After = null);

/// <summary>The log, newest first: an admin sees all rows, anyone else those of their own vaultboxes.</summary>
public sealed class ListProcessingLog(IDbContextFactory<VaultContext> contexts)
{
    /// <summary>Told to the database: without it nothing escapes.</summary>
    private const string Escape = "\\";

    public async Task<VaultResult<Page<LogEntryView>>> HandleAsync(ListProcessingLogRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.LogsRead))
            return request.Actor.Refusal;
        if (!Cursor.TryRead(request.After, out var after))
            return Cursor.Malformed;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = Filtered(context, request);
        if (after is { } position)
            rows = rows.Where(l => l.OccurredAt < position.At || (l.OccurredAt == position.At && l.Id < position.Id));
        var limit = Math.Clamp(request.Limit, 1, 200);
        var found = await rows.OrderByDescending(l => l.OccurredAt).ThenByDescending(l => l.Id)
            .Take(limit + 1).Select(LogEntryView.FromEntry).ToListAsync(cancellationToken);
        return Cursor.PageOf(found.ConvertAll(l => l.For(request.Actor)), limit, l => new Position(l.OccurredAt, l.Id));
    }

    internal static IQueryable<ProcessingLogEntry> Filtered(VaultContext context, ListProcessingLogRequest request)
    {
        var rows = context.ProcessingLogs.AsQueryable();
        if (!request.Actor.IsAdmin)
            rows = rows.Where(l => l.UserId == request.Actor.UserId);
        if (request.From is { } from)
            rows = rows.Where(l => l.OccurredAt >= from);
        if (request.To is { } to)
            rows = rows.Where(l => l.OccurredAt < to);
        if (request.Stages is { Count: > 0 } stages)
            rows = rows.Where(l => stages.Contains(l.Stage));
        if (request.Outcomes is { Count: > 0 } outcomes)
            rows = rows.Where(l => outcomes.Contains(l.Outcome));
        if (request.VaultboxId is { } vaultboxId)
            rows = rows.Where(l => l.VaultboxId == vaultboxId);
        return string.IsNullOrWhiteSpace(request.Text) ? rows : Matching(rows, request.Text.Trim(), request.Actor.IsSupport);
    }

    private static IQueryable<ProcessingLogEntry> Matching(IQueryable<ProcessingLogEntry> rows, string text, bool isSupport)
    {
        if (Guid.TryParse(text, out var id))
            return rows.Where(l => l.PassportId == id || l.VaultboxId == id);
        if (text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3)
        {
            if (IPAddress.TryParse(text, out var address))
                return rows.Where(l => l.PeerIp == address);
        }

        if (text.Length == 3 && int.TryParse(text, out var code))
            return rows.Where(l => l.SmtpCode == code);
        // Whoever sees domains alone must not find out the rest by searching for it.
        var pattern = isSupport ? $"%@%{Cursor.EscapeLike(text)}%" : $"%{Cursor.EscapeLike(text)}%";
        return rows.Where(l => EF.Functions.ILike(l.Recipient!, pattern, Escape) || EF.Functions.ILike(l.Sender!, pattern, Escape)
            || EF.Functions.ILike(l.PeerName!, $"%{Cursor.EscapeLike(text)}%", Escape) || l.EnhancedCode == text);
    }
}
