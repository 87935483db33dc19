using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.ProcessingLog;

/// <param name="Name">1 to 60 characters.</param>
public sealed record RenameLogViewRequest(VaultActor Actor, Guid ViewId, string Name);

public sealed class RenameLogView(IDbContextFactory<VaultContext> contexts)
{
    public async Task<VaultResult<LogViewItem>> HandleAsync(RenameLogViewRequest request, CancellationToken cancellationToken)
    {
        if (request.Actor.IsSupport || !request.Actor.Has(VaultScopes.LogsRead))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var view = await context.LogViews.AsTracking().SingleOrDefaultAsync(v => v.Id == request.ViewId && v.UserId == request.Actor.UserId, cancellationToken);
        if (view is null)
            return VaultProblem.NotFound("view");
        if (SaveLogView.NameOf(request.Name) is not { } name)
            return SaveLogView.NameMalformed;
        view.Name = name;
        await context.SaveChangesAsync(cancellationToken);
        return new LogViewItem(view.Id, view.Name, view.Query);
    }
}
