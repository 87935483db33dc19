using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.Support;

/// <summary>What the actor has to answer, and who may look at the account now. Every page asks it, so it is one lookup by index; of
/// what was looked at it has the newest alone.</summary>
public sealed class ListOpenViews(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public async Task<Outcome<IReadOnlyList<SupportViewRecord>>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (OwnAccount.RefuseRead(actor) is { } refusal)
            return refusal;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var open = await context.SupportGrants.AsNoTracking().Open(now).Where(grant => grant.OwnerId == actor.UserId)
            .OrderBy(grant => grant.AskedAt).ToListAsync(cancellationToken);
        return open.Count == 0 ? Array.Empty<SupportViewRecord>() : new List<SupportViewRecord>(await context.NewestOfAsync(open, now, cancellationToken));
    }
}
