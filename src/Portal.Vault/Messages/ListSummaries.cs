using Microsoft.EntityFrameworkCore;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Messages;

/// <summary>A row of the reader's list: sealed, opened only in the browser.</summary>
/// <param name="Size">Octets of the sealed message.</param>
/// <param name="Summary">Sealed summary as base64, null when it was sealed without a portal key.</param>
/// <param name="Sender">By the vaultbox's metadata policy.</param>
public sealed record SummaryView(
    Guid Id, long Uid, DateTimeOffset ReceivedAt, long Size, IReadOnlyList<string> Flags, string ContentSha256, string? Summary, string? Sender);

/// <param name="Limit">1 to 200 rows.</param>
/// <param name="After">Cursor from the page before.</param>
public sealed record ListSummariesRequest(VaultActor Actor, Guid VaultboxId, int Limit = 50, string? After = null);

/// <summary>The sealed summaries of a vaultbox, newest first.</summary>
public sealed class ListSummaries(IDbContextFactory<VaultContext> contexts)
{
    public async Task<VaultResult<Page<SummaryView>>> HandleAsync(ListSummariesRequest request, CancellationToken cancellationToken)
    {
        if (request.Actor.IsSupport)
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var query = await MessageQuery.PageAsync(context, request.Actor, request.VaultboxId, request.After, cancellationToken);
        if (!query.Succeeded)
            return query.Problem;
        var limit = Math.Clamp(request.Limit, 1, 200);
        var rows = await query.Value.Take(limit + 1)
            .Select(e => new { e.Id, e.Uid, e.ReceivedAt, e.Size, e.Flags, e.ContentSha256, e.SubjectEncrypted, e.Sender })
            .ToListAsync(cancellationToken);
        var views = rows.ConvertAll(e => new SummaryView(
            e.Id, e.Uid, e.ReceivedAt, e.Size, e.Flags, Convert.ToHexStringLower(e.ContentSha256),
            e.SubjectEncrypted is { } summary ? Convert.ToBase64String(summary) : null, e.Sender));
        return Cursor.PageOf(views, limit, e => new Position(e.ReceivedAt, e.Id));
    }
}
