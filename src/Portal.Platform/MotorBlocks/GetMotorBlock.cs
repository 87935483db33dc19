using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.MotorBlocks;

/// <param name="Uses">Of the last 30 days, the latest first.</param>
public sealed record MotorBlockDetail(MotorBlockView Block, IReadOnlyList<MotorBlockClient> Uses);

/// <summary>One of the account's motor blocks, and who signs in with it: also who still has the password before.</summary>
public sealed class GetMotorBlock(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public async Task<Outcome<MotorBlockDetail>> HandleAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (MotorBlockAccess.RefuseRead(actor) is { } refusal)
            return refusal;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var own = context.MotorBlocks.Where(block => block.Id == id && block.UserId == actor.UserId && block.RevokedAt == null);
        var password = await own.Select(block => (Guid?)block.PasswordId).SingleOrDefaultAsync(cancellationToken);
        var view = await context.Viewed(own, now).SingleOrDefaultAsync(cancellationToken);
        if (password is null || view is null)
            return AccountFailures.NotFound;
        var uses = await context.MotorBlockUses.Where(use => use.MotorBlockId == id).ListClientsAsync(password.Value, now, cancellationToken);
        return new MotorBlockDetail(view, uses);
    }
}
