using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Messages;

/// <summary>One message with its outer header block and its receipt.</summary>
/// <param name="OuterHeaders">CRLF line endings, without the empty line.</param>
/// <param name="Receipt">Compact JWS.</param>
/// <param name="Summary">Sealed summary as base64, or null.</param>
public sealed record MessageDetail(MessageView Message, string OuterHeaders, string Receipt, string ContentSha256, string? Summary);

public sealed record GetMessageRequest(VaultActor Actor, Guid MessageId);

public sealed class GetMessage(IDbContextFactory<VaultContext> contexts)
{
    public async Task<VaultResult<MessageDetail>> HandleAsync(GetMessageRequest request, CancellationToken cancellationToken)
    {
        if (request.Actor.IsSupport || !request.Actor.Has(VaultScopes.MessagesRead))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await MessageQuery.Own(context, request.Actor, request.MessageId)
            .Select(e => new
            {
                View = new MessageView(e.Id, e.VaultboxId, e.Uid, e.ReceivedAt, e.Size, e.Flags, e.MessageId, e.Sender, e.Recipient,
                    e.ContentType, e.EncryptionMethod, e.PassportId),
                e.OuterHeaders,
                e.Receipt,
                e.ContentSha256,
                e.SubjectEncrypted,
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (row is null)
            return VaultProblem.NotFound("message");
        return new MessageDetail(row.View, row.OuterHeaders, row.Receipt, Convert.ToHexStringLower(row.ContentSha256),
            row.SubjectEncrypted is { } summary ? Convert.ToBase64String(summary) : null);
    }
}
