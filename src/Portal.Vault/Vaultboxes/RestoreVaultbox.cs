using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Vault.Credentials;
using Portal.Vault.Notices;

namespace Portal.Vault.Vaultboxes;

public sealed record RestoreVaultboxRequest(VaultActor Actor, Guid VaultboxId);

/// <summary>Takes the deletion of a vaultbox back, within 30 days: it is as it was, with its mail, addresses, keys and devices.</summary>
public sealed class RestoreVaultbox(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public async Task<VaultResult<VaultboxView>> HandleAsync(RestoreVaultboxRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesWrite))
            return request.Actor.Refusal;
        var now = time.GetUtcNow();
        var since = now - PurgeVaultboxes.Kept;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var vaultbox = await context.Vaultboxes
            .FromSql($"SELECT * FROM vaultboxes WHERE id = {request.VaultboxId} AND user_id = {request.Actor.UserId} AND deleted_at > {since} FOR NO KEY UPDATE")
            .IgnoreQueryFilters().AsTracking().SingleOrDefaultAsync(cancellationToken);
        if (vaultbox is null)
            return VaultProblem.NotFound("deleted vaultbox");
        (vaultbox.DeletedAt, vaultbox.UpdatedAt) = (null, now);
        var messages = await context.Mailboxes.Where(m => m.VaultboxId == vaultbox.Id).SumAsync(m => m.MessageCount, cancellationToken);
        context.Notify(vaultbox.UserId, vaultbox.Id, NoticeKinds.VaultboxRestored, vaultbox.NoticeDetail(messages), now, wantsMail: false);
        context.Audit(request.Actor.By, Acts.VaultboxRestored, AuditTarget.Of(AuditTarget.VaultboxKind, vaultbox.Id, request.Actor.UserId), now, new AuditDetail().Personal("address", vaultbox.Address));
        await context.SaveChangesAsync(cancellationToken);
        // A program that tried to sign in a moment ago may be refused for half a minute more: that there was no such device is remembered.
        await context.AnnounceVaultboxAsync(vaultbox.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return await context.ViewAsync(vaultbox, now, cancellationToken);
    }
}
