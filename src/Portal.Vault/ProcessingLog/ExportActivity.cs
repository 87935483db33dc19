using Microsoft.EntityFrameworkCore;
using Portal.Vault.Credentials;

namespace Portal.Vault.ProcessingLog;

/// <param name="Filters">Names the vaultbox; its limit and cursor do not count.</param>
public sealed record ExportActivityRequest(ListProcessingLogRequest Filters);

/// <summary>All events of an own vaultbox that the filters find, newest first, at most <see cref="Most"/>. An admin's rights do not count here.</summary>
public sealed class ExportActivity(IDbContextFactory<VaultContext> contexts)
{
    /// <summary>Rows; who needs more narrows the time.</summary>
    public const int Most = 10_000;

    public async Task<VaultResult<IReadOnlyList<LogEntryView>>> HandleAsync(ExportActivityRequest request, CancellationToken cancellationToken)
    {
        if (request.Filters.Actor.IsSupport || !request.Filters.Actor.Has(VaultScopes.LogsRead))
            return request.Filters.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await OwnAsync(context, request.Filters, cancellationToken) is not { } own)
            return VaultProblem.NotFound("vaultbox");
        return await ListProcessingLog.Newest(context, own, after: null, Most).Select(LogEntryView.FromEntry).ToListAsync(cancellationToken);
    }

    /// <returns>The filters for the owner's rows alone; null when the vaultbox is not the actor's.</returns>
    internal static async Task<ListProcessingLogRequest?> OwnAsync(VaultContext context, ListProcessingLogRequest filters, CancellationToken cancellationToken) =>
        filters.VaultboxId is { } id && await context.OwnVaultbox(filters.Actor, id).AnyAsync(cancellationToken)
            ? filters with { Actor = filters.Actor with { IsAdmin = false } }
            : null;
}
