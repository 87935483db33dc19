using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Passwords;
using Portal.Platform.Accounts;
using Portal.Platform.Audit;

namespace Portal.Platform.MotorBlocks;

/// <summary>Ends a motor block for good. It asks for no fresh proof, for it must be quick; nothing is left that a password could fit.</summary>
public sealed class RevokeMotorBlock(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public async Task<Outcome<Guid>> HandleAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (MotorBlockAccess.RefuseWrite(actor) is { } refusal)
            return refusal;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var block = await context.LockOwnBlockAsync(actor.UserId, id, cancellationToken);
        if (block is null)
            return AccountFailures.NotFound;
        block.Take(PasswordPair.First(selector: null, CredentialHash.None));
        (block.RevokedAt, block.UpdatedAt) = (now, now);
        context.Audit(actor, Acts.MotorBlockRevoked, AuditTarget.Of(AuditTarget.MotorBlockKind, block.Id, block.UserId), now);
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceMotorBlockAsync(id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return id;
    }
}
