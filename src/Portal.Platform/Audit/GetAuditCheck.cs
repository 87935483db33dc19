using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.Audit;

/// <param name="Check">The newest; null when there was none yet.</param>
/// <param name="Waiting">Acts that are not chained yet, of this database.</param>
public sealed record AuditState(AuditCheck? Check, long Waiting);

/// <summary>What the newest verification of the chain found.</summary>
public sealed class GetAuditCheck(IDbContextFactory<PlatformContext> contexts)
{
    public async Task<Outcome<AuditState>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var check = await context.AuditChecks.AsNoTracking().OrderByDescending(c => c.CheckedAt).FirstOrDefaultAsync(cancellationToken);
        return new AuditState(check, await context.Set<Portal.Audit.AuditOutboxRow>().LongCountAsync(cancellationToken));
    }
}
