using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Audit;

namespace Portal.Platform.Support;

/// <summary>
/// Ends a view, or takes a request back: its owner does, or its supporter, from within the view or from outside. Whatever is open in it
/// ends within moments, on every instance. Ending an ended one is no fault.
/// </summary>
public sealed class EndView(IDbContextFactory<PlatformContext> contexts, AccountCache cache, TimeProvider time)
{
    public async Task<Outcome<Guid>> HandleAsync(Actor actor, Guid grantId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var grant = await context.SupportGrants.AsNoTracking().SingleOrDefaultAsync(g => g.Id == grantId, cancellationToken);
        if (grant is null || SideOf(actor, grant) is not { } side)
            return SupportActs.RefuseOwner(actor) ?? AccountFailures.NotFound;
        var now = time.GetUtcNow();
        if (await context.EndGrantAsync(grant, side, now, cancellationToken))
            context.Audit(actor, Acts.GrantEnded, AuditTarget.Of(AuditTarget.GrantKind, grant.Id, grant.OwnerId), now, new AuditDetail().Fact("by", side));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        cache.Clear();
        return grantId;
    }

    /// <returns>Null for whoever has no part in it.</returns>
    private static SupportEnd? SideOf(Actor actor, SupportGrant grant)
    {
        if (actor.Support is { } view)
            return view.GrantId == grant.Id ? SupportEnd.Supporter : null;
        if (SupportActs.RefuseOwner(actor) is not null)
            return null;
        if (grant.OwnerId == actor.UserId)
            return SupportEnd.Owner;
        return grant.SupporterId == actor.UserId ? SupportEnd.Supporter : null;
    }
}
