using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Messages;

/// <param name="Flags">The whole new set; system flags of RFC 9051 section 2.3.2.</param>
public sealed record SetFlagsRequest(VaultActor Actor, Guid MessageId, IReadOnlyList<string> Flags);

/// <summary>Replaces a message's flags and gives it the mailbox's next mod-sequence (RFC 7162 section 3.1).</summary>
public sealed class SetFlags(IDbContextFactory<VaultContext> contexts)
{
    private static readonly string[] Known = ["\\Answered", "\\Deleted", "\\Draft", "\\Flagged", "\\Seen"];

    public async Task<VaultResult<IReadOnlyList<string>>> HandleAsync(SetFlagsRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.MessagesWrite))
            return request.Actor.Refusal;
        if (request.Flags.FirstOrDefault(f => !Known.Contains(f, StringComparer.Ordinal)) is { } unknown)
            return VaultProblem.Invalid("flag_unknown", $"“{unknown}” is no flag. Use any of: {string.Join(", ", Known)}.");
        var flags = request.Flags.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var mailboxId = await MessageQuery.Own(context, request.Actor, request.MessageId)
            .Select(e => (Guid?)e.MailboxId).SingleOrDefaultAsync(cancellationToken);
        if (mailboxId is null)
            return VaultProblem.NotFound("message");
        await context.Database.ExecuteSqlAsync(
            $"""
            WITH mailbox AS (UPDATE mailboxes SET highest_mod_seq = highest_mod_seq + 1 WHERE id = {mailboxId} RETURNING highest_mod_seq)
            UPDATE encrypted_emails SET flags = {flags}, mod_seq = mailbox.highest_mod_seq FROM mailbox WHERE id = {request.MessageId}
            """,
            cancellationToken);
        return flags;
    }
}
