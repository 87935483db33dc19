using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Audit;
using Portal.Platform.Domains;

namespace Portal.Platform.Accounts.Deletion;

/// <param name="Domains">Domains removed.</param>
/// <param name="HandedOver">Shared domains that passed to another admin, since others' addresses stand on them.</param>
/// <param name="RecordKept">Invoices stand on the account: its row stays without anything that names a person.</param>
public sealed record PurgedAccount(int Domains, int HandedOver, bool RecordKept);

/// <summary>
/// Destroys what the platform holds of an account that <see cref="ClaimDueDeletions"/> closed, in one transaction. The caller has purged
/// the vault before: with the account gone, nobody would find what is left there. An account that is gone already is no fault.
/// </summary>
public sealed class PurgeAccount(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public async Task<Outcome<PurgedAccount>> HandleAsync(Actor actor, Guid userId, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var user = await context.Users
            .FromSql($"SELECT * FROM users WHERE id = {userId} AND status = 'deleted' AND deletion_due_at <= {now} FOR UPDATE")
            .AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (user is null)
            return AccountFailures.NotFound;

        var handedOver = await HandOverSharedDomainsAsync(context, userId, cancellationToken);
        var domains = await context.Domains.Where(domain => domain.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await context.SystemMessages.Where(message => message.Recipient == user.Email).ExecuteDeleteAsync(cancellationToken);
        await context.AccountLinks.Where(link => link.Email == user.Email).ExecuteDeleteAsync(cancellationToken);
        await context.SupportGrants.Where(grant => grant.OwnerId == userId).ExecuteDeleteAsync(cancellationToken);
        var isBilled = await context.Subscriptions.AnyAsync(subscription => subscription.UserId == userId, cancellationToken)
            || await context.Billing.AnyAsync(billing => billing.UserId == userId, cancellationToken);
        if (isBilled)
            await EmptyAsync(context, userId, now, cancellationToken);
        else
            await context.Users.Where(u => u.Id == userId).ExecuteDeleteAsync(cancellationToken);
        // With this entry the chain forgets whose the account's pseudonym was.
        context.Audit(AuditBy.Portal, Acts.AccountErased, AuditTarget.Account(userId), now, new AuditDetail().Fact("domains", domains).Fact("handed_over", handedOver));
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceAccountAsync(userId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new PurgedAccount(domains, handedOver, isBilled);
    }

    /// <summary>To the admin who has been here longest, in place of a claim that this admin may have made to the same name.</summary>
    private static async Task<int> HandOverSharedDomainsAsync(PlatformContext context, Guid userId, CancellationToken cancellationToken)
    {
        var heir = await context.Users
            .Where(user => user.Id != userId && user.Role == Role.Admin && user.Status == AccountStatus.Active)
            .OrderBy(user => user.DeletionDueAt != null).ThenBy(user => user.CreatedAt)
            .Select(user => (Guid?)user.Id)
            .FirstOrDefaultAsync(cancellationToken);
        var shared = context.Domains.Where(
            domain => domain.UserId == userId && domain.Shared && domain.VerificationStatus == VerificationStatus.Verified);
        if (heir is not { } admin)
            return 0;
        await context.Domains.Where(own => own.UserId == admin && shared.Any(domain => domain.Name == own.Name)).ExecuteDeleteAsync(cancellationToken);
        return await shared.ExecuteUpdateAsync(domain => domain.SetProperty(d => d.UserId, admin), cancellationToken);
    }

    private static async Task EmptyAsync(PlatformContext context, Guid userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await context.Sessions.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await context.ApiTokens.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await context.AccountLinks.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await context.Authenticators.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await context.Passkeys.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await context.RecoveryCodes.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await context.RememberedDevices.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await context.MotorBlocks.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        // “.invalid” never resolves (RFC 6761 section 6.4).
        var nobody = $"{userId:n}@deleted.invalid";
        await context.Users.Where(user => user.Id == userId).ExecuteUpdateAsync(
            user => user
                .SetProperty(u => u.Email, nobody)
                .SetProperty(u => u.EmailConfirmed, false)
                .SetProperty(u => u.PasswordHash, (string?)null)
                .SetProperty(u => u.SecurityStamp, (string?)null)
                .SetProperty(u => u.TwoFactorEnabled, false)
                .SetProperty(u => u.SuspendedReason, (string?)null)
                .SetProperty(u => u.DeletionDueAt, (DateTimeOffset?)null)
                .SetProperty(u => u.UpdatedAt, now),
            cancellationToken);
    }
}
