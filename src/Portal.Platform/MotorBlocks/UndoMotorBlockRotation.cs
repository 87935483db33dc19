using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts;
using Portal.Platform.Audit;

namespace Portal.Platform.MotorBlocks;

/// <summary>The password before is the only one again, and the new one ends at once; while the overlap runs.</summary>
public sealed class UndoMotorBlockRotation(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    private static readonly Failure NothingToUndo = new("nothing_to_undo", "There is no password before that is still good. Rotate instead.");

    public async Task<Outcome<MotorBlockView>> HandleAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (MotorBlockAccess.RefuseProof(actor, now) is { } refusal)
            return refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var block = await context.LockOwnBlockAsync(actor.UserId, id, cancellationToken);
        if (block is null)
            return AccountFailures.NotFound;
        if (block.Passwords().Undo(now) is not { } before)
            return NothingToUndo;
        block.Take(before);
        (block.RotatedAt, block.UpdatedAt) = (now, now);
        context.Audit(actor, Acts.MotorBlockRotationUndone, AuditTarget.Of(AuditTarget.MotorBlockKind, block.Id, block.UserId), now);
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceMotorBlockAsync(block.Id, cancellationToken);
        var view = await context.ViewAsync(block.Id, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return view;
    }
}
