using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Passwords;
using Portal.Platform.Accounts;
using Portal.Platform.Audit;

namespace Portal.Platform.MotorBlocks;

/// <param name="OverlapMinutes">How long the present password stays good beside the new one, 0 to 43,200 (30 days); null: 1,440.</param>
public sealed record RotateMotorBlockRequest(Guid Id, int? OverlapMinutes);

/// <param name="Password">Told this once.</param>
/// <param name="PreviousValidUntil">When the password before ends; null: it has ended.</param>
/// <param name="OnPreviousPassword">Who signed in with it in the last 30 days and needs the new one.</param>
public sealed record RotatedMotorBlock(
    MotorBlockView Block, GeneratedPassword Password, DateTimeOffset? PreviousValidUntil, IReadOnlyList<MotorBlockClient> OnPreviousPassword);

/// <summary>A new password, good at once. The present one stays good for the overlap; one before that ends now.</summary>
public sealed class RotateMotorBlock(IDbContextFactory<PlatformContext> contexts, CredentialHasher hasher, TimeProvider time)
{
    public async Task<Outcome<RotatedMotorBlock>> HandleAsync(Actor actor, RotateMotorBlockRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (MotorBlockAccess.RefuseProof(actor, now) is { } refusal)
            return refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // Asked before the password is hashed: nobody makes work with ids of others.
        var present = await context.MotorBlocks.Where(b => b.Id == request.Id && b.UserId == actor.UserId && b.RevokedAt == null)
            .Select(b => new { b.Selector }).SingleOrDefaultAsync(cancellationToken);
        if (present is null)
            return AccountFailures.NotFound;
        var overlap = request.OverlapMinutes ?? (int)PasswordPair.DefaultOverlap.TotalMinutes;
        if (MotorBlockInput.RefuseOverlap(overlap) is { } overlapRefusal)
            return overlapRefusal;
        var password = GeneratedPassword.Create(unlike: present.Selector);
        if (await hasher.HashAsync(password, cancellationToken) is not { } hash)
            return MotorBlockAccess.Busy;

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var block = await context.LockOwnBlockAsync(actor.UserId, request.Id, cancellationToken);
        if (block is null)
            return AccountFailures.NotFound;
        var old = block.PasswordId;
        block.Take(block.Passwords().Rotate(password.Selector, hash, now, TimeSpan.FromMinutes(overlap)));
        (block.RotatedAt, block.UpdatedAt) = (now, now);
        context.Audit(actor, Acts.MotorBlockRotated, AuditTarget.Of(AuditTarget.MotorBlockKind, block.Id, block.UserId), now, new AuditDetail().Fact("overlap_minutes", overlap));
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceMotorBlockAsync(block.Id, cancellationToken);
        var clients = await context.MotorBlockUses.Where(use => use.MotorBlockId == block.Id && use.PasswordId == old)
            .ListClientsAsync(block.PasswordId, now, cancellationToken);
        var view = await context.ViewAsync(block.Id, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new RotatedMotorBlock(view, password, view.PreviousValidUntil, clients);
    }
}
