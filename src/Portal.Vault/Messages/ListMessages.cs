using Microsoft.EntityFrameworkCore;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Messages;

/// <summary>What stands outside the seal of one message.</summary>
/// <param name="Size">Octets of the sealed message.</param>
public sealed record MessageView(
    Guid Id, Guid VaultboxId, long Uid, DateTimeOffset ReceivedAt, long Size, IReadOnlyList<string> Flags, string MessageId,
    string? Sender, string Recipient, string ContentType, string EncryptionMethod, Guid PassportId)
{
    /// <summary>What a supporter sees: when, how large, and the domains of both sides.</summary>
    internal MessageView ForSupport() => this with
    {
        Flags = [],
        MessageId = string.Empty,
        Sender = DomainOnly.Of(Sender),
        Recipient = DomainOnly.Of(Recipient) ?? string.Empty,
    };
}

/// <param name="Limit">1 to 200 rows.</param>
/// <param name="After">Cursor from the page before.</param>
public sealed record ListMessagesRequest(VaultActor Actor, Guid VaultboxId, int Limit = 50, string? After = null);

/// <summary>The outer fields of a vaultbox's messages, newest first. A supporter sees less of each.</summary>
public sealed class ListMessages(IDbContextFactory<VaultContext> contexts)
{
    public async Task<VaultResult<Page<MessageView>>> HandleAsync(ListMessagesRequest request, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var query = await MessageQuery.PageAsync(context, request.Actor, request.VaultboxId, request.After, cancellationToken);
        if (!query.Succeeded)
            return query.Problem;
        var limit = Math.Clamp(request.Limit, 1, 200);
        var rows = await query.Value.Take(limit + 1)
            .Select(e => new MessageView(e.Id, e.VaultboxId, e.Uid, e.ReceivedAt, e.Size, e.Flags, e.MessageId, e.Sender, e.Recipient,
                e.ContentType, e.EncryptionMethod, e.PassportId))
            .ToListAsync(cancellationToken);
        return Cursor.PageOf(request.Actor.IsSupport ? rows.ConvertAll(row => row.ForSupport()) : rows, limit, e => new Position(e.ReceivedAt, e.Id));
    }
}
