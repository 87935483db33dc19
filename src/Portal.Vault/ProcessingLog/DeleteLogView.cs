using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.ProcessingLog;

public sealed record DeleteLogViewRequest(VaultActor Actor, Guid ViewId);

/// <summary>Gives back what was deleted: who saves it again has undone it.</summary>
public sealed class DeleteLogView(IDbContextFactory<VaultContext> contexts)
{
    public async Task<VaultResult<LogViewItem>> HandleAsync(DeleteLogViewRequest request, CancellationToken cancellationToken)
    {
        if (request.Actor.IsSupport || !request.Actor.Has(VaultScopes.LogsRead))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var view = await context.LogViews.SingleOrDefaultAsync(v => v.Id == request.ViewId && v.UserId == request.Actor.UserId, cancellationToken);
        if (view is null || await context.LogViews.Where(v => v.Id == view.Id).ExecuteDeleteAsync(cancellationToken) == 0)
            return VaultProblem.NotFound("view");
        return new LogViewItem(view.Id, view.Name, view.Query);
    }
}
