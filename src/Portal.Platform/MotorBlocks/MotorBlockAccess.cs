using Microsoft.EntityFrameworkCore;
using Portal.Passwords;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.Domains;

namespace Portal.Platform.MotorBlocks;

/// <summary>What the acts on one's own motor blocks share: who may, which row, and what is kept of a password.</summary>
internal static class MotorBlockAccess
{
    public static readonly Failure Busy = new("busy", "Too many passwords are being made at this moment. Try again in a few seconds.");

    /// <returns>Null when the actor may see their motor blocks.</returns>
    public static Failure? RefuseRead(Actor actor)
    {
        if (actor.UserId == Guid.Empty)
            return AccountFailures.NotFound;
        return actor.Allows(TokenScopes.CredentialsRead) ? null : actor.Refusal;
    }

    /// <returns>Null when the actor may change what gives nobody more than they had.</returns>
    public static Failure? RefuseWrite(Actor actor)
    {
        if (actor.UserId == Guid.Empty)
            return AccountFailures.NotFound;
        return actor.Allows(TokenScopes.CredentialsWrite) ? null : actor.Refusal;
    }

    /// <returns>Null when the actor may make passwords and change what they open.</returns>
    public static Failure? RefuseProof(Actor actor, DateTimeOffset now) =>
        RefuseWrite(actor) ?? (actor.IsFresh(now) ? null : AccountFailures.StepUpRequired);

    /// <summary>Waits for the row and holds it until the caller's transaction ends.</summary>
    /// <returns>Null when the account has no such block, or it is revoked.</returns>
    public static Task<MotorBlock?> LockOwnBlockAsync(this PlatformContext context, Guid userId, Guid id, CancellationToken cancellationToken) =>
        context.MotorBlocks
            .FromSql($"SELECT * FROM motor_blocks WHERE id = {id} AND user_id = {userId} AND revoked_at IS NULL FOR NO KEY UPDATE")
            .SingleOrDefaultAsync(cancellationToken);

    /// <summary>A domain that is shared by another account does not do: who sends in a domain's name must own it.</summary>
    /// <returns>The domain as it is stored.</returns>
    public static async Task<Outcome<string>> ReadOwnDomainAsync(this PlatformContext context, Guid userId, string? domain, CancellationToken cancellationToken)
    {
        var isOwn = DomainName.TryNormalise(domain, out var name) && await context.Domains.AnyAsync(
            d => d.UserId == userId && d.Name == name && d.VerificationStatus == VerificationStatus.Verified, cancellationToken);
        return isOwn ? name! : new Failure("domain_unknown", "This is no verified domain of yours.");
    }

    public static PasswordPair Passwords(this MotorBlock block) => new(
        block.PasswordId, block.Selector, block.PasswordHash,
        block.PreviousPasswordId, block.PreviousSelector, block.PreviousPasswordHash, block.PreviousValidUntil);

    public static void Take(this MotorBlock block, PasswordPair pair)
    {
        (block.PasswordId, block.Selector, block.PasswordHash) = (pair.Id, pair.Selector, pair.Hash);
        (block.PreviousPasswordId, block.PreviousSelector) = (pair.PreviousId, pair.PreviousSelector);
        (block.PreviousPasswordHash, block.PreviousValidUntil) = (pair.PreviousHash, pair.PreviousValidUntil);
    }
}
