using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.ProcessingLog;

public sealed record ListLogViewsRequest(VaultActor Actor);

/// <param name="Query">The query string of the log's page, without its question mark.</param>
public sealed record LogViewItem(Guid Id, string Name, string Query);

/// <summary>The actor's saved views of the log, in the order in which they were made.</summary>
public sealed class ListLogViews(IDbContextFactory<VaultContext> contexts)
{
    public async Task<VaultResult<IReadOnlyList<LogViewItem>>> HandleAsync(ListLogViewsRequest request, CancellationToken cancellationToken)
    {
        if (request.Actor.IsSupport || !request.Actor.Has(VaultScopes.LogsRead))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.LogViews.Where(v => v.UserId == request.Actor.UserId).OrderBy(v => v.CreatedAt).ThenBy(v => v.Id)
            .Select(v => new LogViewItem(v.Id, v.Name, v.Query)).ToListAsync(cancellationToken);
    }
}
