using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Messages;

public sealed record WatchMailRequest(VaultActor Actor, Guid VaultboxId);

/// <summary>Ids of messages as they are stored in a vaultbox, until cancelled.</summary>
public sealed class WatchMail(IDbContextFactory<VaultContext> contexts, MailArrivals arrivals)
{
    public async Task<VaultResult<IAsyncEnumerable<Guid>>> HandleAsync(WatchMailRequest request, CancellationToken cancellationToken)
    {
        if (request.Actor.IsSupport || !request.Actor.Has(VaultScopes.MessagesRead))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await context.Vaultboxes.AnyAsync(v => v.Id == request.VaultboxId && v.UserId == request.Actor.UserId, cancellationToken))
            return VaultProblem.NotFound("vaultbox");
        return new VaultResult<IAsyncEnumerable<Guid>>(ArrivalsAsync(request.VaultboxId, cancellationToken), null);
    }

    private async IAsyncEnumerable<Guid> ArrivalsAsync(Guid vaultboxId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = arrivals.Watch(vaultboxId);
        try
        {
            await foreach (var messageId in channel.Reader.ReadAllAsync(cancellationToken))
                yield return messageId;
        }
        finally
        {
            arrivals.Unwatch(vaultboxId, channel);
        }
    }
}
