using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.ProcessingLog;

/// <param name="Filters">Names the vaultbox; its limit and cursor do not count.</param>
public sealed record CountActivityRequest(ListProcessingLogRequest Filters);

/// <summary>How many rows <see cref="ExportActivity"/> would give; it stops counting where that stops.</summary>
public sealed class CountActivity(IDbContextFactory<VaultContext> contexts)
{
    public async Task<VaultResult<int>> HandleAsync(CountActivityRequest request, CancellationToken cancellationToken)
    {
        if (!request.Filters.Actor.Has(VaultScopes.LogsRead))
            return request.Filters.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await ExportActivity.OwnAsync(context, request.Filters, cancellationToken) is not { } own)
            return VaultProblem.NotFound("vaultbox");
        return await ListProcessingLog.Newest(context, own, after: null, ExportActivity.Most).CountAsync(cancellationToken);
    }
}
