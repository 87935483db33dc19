using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Vault.Credentials;
using Portal.Vault.Notices;

namespace Portal.Vault.Vaultboxes;

public sealed record DeleteVaultboxRequest(VaultActor Actor, Guid VaultboxId);

/// <param name="RestorableUntil">Until then <see cref="RestoreVaultbox"/> takes it back; then it is destroyed.</param>
/// <param name="Contents">What is destroyed then.</param>
public sealed record DeletedVaultbox(Guid Id, string Name, string Address, DateTimeOffset DeletedAt, DateTimeOffset RestorableUntil, VaultboxContents Contents);

/// <summary>
/// Deletes a vaultbox, for 30 days so that it can be restored: its mail is refused as for an address that is not there, its devices are
/// signed out, and no use case finds it any more. Nobody gets its addresses meanwhile.
/// </summary>
public sealed class DeleteVaultbox(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public async Task<VaultResult<DeletedVaultbox>> HandleAsync(DeleteVaultboxRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesWrite))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var vaultbox = await context.Vaultboxes
            .FromSql($"SELECT * FROM vaultboxes WHERE id = {request.VaultboxId} AND user_id = {request.Actor.UserId} FOR NO KEY UPDATE")
            .AsTracking().SingleOrDefaultAsync(cancellationToken);
        if (vaultbox is null)
            return VaultProblem.NotFound("vaultbox");
        var now = time.GetUtcNow();
        if (!request.Actor.IsFresh(now))
            return VaultProblem.StepUpRequired;
        var contents = await GetVaultboxContents.ContentsOf(context, context.OwnVaultbox(request.Actor, vaultbox.Id)).SingleAsync(cancellationToken);
        (vaultbox.DeletedAt, vaultbox.UpdatedAt) = (now, now);
        var until = now + PurgeVaultboxes.Kept;
        context.Notify(
            vaultbox.UserId, vaultbox.Id, NoticeKinds.VaultboxDeleted, vaultbox.NoticeDetail(contents.Messages, until), now, wantsMail: true);
        context.Audit(
            request.Actor.By, Acts.VaultboxDeleted, AuditTarget.Of(AuditTarget.VaultboxKind, vaultbox.Id, request.Actor.UserId), now,
            new AuditDetail().Fact("messages", contents.Messages).Fact("until", until).Personal("address", vaultbox.Address, null));
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceVaultboxAsync(vaultbox.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new DeletedVaultbox(vaultbox.Id, vaultbox.Name, vaultbox.Address, now, until, contents);
    }
}
