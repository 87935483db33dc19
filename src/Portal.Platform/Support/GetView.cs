using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.Support;

/// <summary>One view, for the supporter who asked for it: from outside, or from within it.</summary>
public sealed class GetView(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public async Task<Outcome<SupportViewRecord>> HandleAsync(Actor actor, Guid grantId, CancellationToken cancellationToken)
    {
        var supporter = actor.Support?.SupporterId ?? actor.UserId;
        if (actor.Support is null ? SupportActs.RefuseStranger(actor) is not null : actor.Support.GrantId != grantId)
            return AccountFailures.NotFound;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var grant = await context.SupportGrants.AsNoTracking()
            .SingleOrDefaultAsync(g => g.Id == grantId && g.SupporterId == supporter, cancellationToken);
        return grant is null ? AccountFailures.NotFound : (await context.RecordsOfAsync([grant], time.GetUtcNow(), cancellationToken))[0];
    }
}
