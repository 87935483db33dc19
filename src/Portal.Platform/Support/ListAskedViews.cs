using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.Support;

/// <summary>What a supporter asked for lately, newest first.</summary>
public sealed class ListAskedViews(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    internal const int Most = 20;

    public async Task<Outcome<IReadOnlyList<SupportViewRecord>>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (SupportActs.RefuseStranger(actor) is { } refusal)
            return refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var grants = await context.SupportGrants.AsNoTracking().Where(grant => grant.SupporterId == actor.UserId)
            .OrderByDescending(grant => grant.AskedAt).ThenByDescending(grant => grant.Id).Take(Most).ToListAsync(cancellationToken);
        return new List<SupportViewRecord>(await context.RecordsOfAsync(grants, time.GetUtcNow(), cancellationToken));
    }
}
