using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Messages;

/// <summary>Which messages an actor may list: the one place where that is decided.</summary>
internal static class MessageQuery
{
    /// <summary>The vaultbox's messages after the cursor, newest first.</summary>
    public static async Task<VaultResult<IQueryable<EncryptedEmail>>> PageAsync(
        VaultContext context, VaultActor actor, Guid vaultboxId, string? afterCursor, CancellationToken cancellationToken)
    {
        if (!actor.Has(VaultScopes.MessagesRead))
            return actor.Refusal;
        if (!Cursor.TryRead(afterCursor, out var after))
            return Cursor.Malformed;
        if (!await context.Vaultboxes.AnyAsync(v => v.Id == vaultboxId && v.UserId == actor.UserId, cancellationToken))
            return VaultProblem.NotFound("vaultbox");
        var rows = context.EncryptedEmails.Where(e => e.VaultboxId == vaultboxId);
        if (after is { } position)
            rows = rows.Where(e => e.ReceivedAt < position.At || (e.ReceivedAt == position.At && e.Id < position.Id));
        return new VaultResult<IQueryable<EncryptedEmail>>(rows.OrderByDescending(e => e.ReceivedAt).ThenByDescending(e => e.Id), null);
    }

    public static IQueryable<EncryptedEmail> Own(VaultContext context, VaultActor actor, Guid messageId) =>
        from email in context.EncryptedEmails
        join vaultbox in context.Vaultboxes on email.VaultboxId equals vaultbox.Id
        where email.Id == messageId && vaultbox.UserId == actor.UserId
        select email;
}
