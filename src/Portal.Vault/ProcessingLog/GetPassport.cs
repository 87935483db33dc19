using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.ProcessingLog;

public sealed record GetPassportRequest(VaultActor Actor, Guid PassportId);

/// <summary>The way of one message, oldest event first: an admin sees any, an owner those of own mail.</summary>
public sealed class GetPassport(IDbContextFactory<VaultContext> contexts)
{
    private const int MaxEvents = 500;

    public async Task<VaultResult<IReadOnlyList<LogEntryView>>> HandleAsync(GetPassportRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.LogsRead))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.ProcessingLogs.Where(l => l.PassportId == request.PassportId);
        if (!request.Actor.MayAdminister)
            rows = rows.Where(l => l.UserId == request.Actor.UserId);
        var events = await rows.OrderBy(l => l.OccurredAt).ThenBy(l => l.Id)
            .Take(MaxEvents).Select(LogEntryView.FromEntry).ToListAsync(cancellationToken);
        return events.Count == 0 ? VaultProblem.NotFound("passport") : events.ConvertAll(e => e.For(request.Actor));
    }
}
