using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.SystemMail;

/// <summary>Puts all messages that were held back into the queue: asked when sending has been configured.</summary>
public sealed class ReleaseSystemMail(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    /// <returns>How many.</returns>
    public async Task<Outcome<int>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await RequeueAsync(
            context, context.SystemMessages.Where(message => message.State == SystemMessageState.Held), time.GetUtcNow(), cancellationToken);
    }

    /// <summary>Makes those that still have their text due now.</summary>
    internal static async Task<int> RequeueAsync(
        PlatformContext context, IQueryable<SystemMessage> messages, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var released = await messages
            .Where(message => message.ProtectedBody != null && message.ExpiresAt > now)
            .ExecuteUpdateAsync(
                message => message
                    .SetProperty(m => m.State, SystemMessageState.Queued)
                    .SetProperty(m => m.NextAttemptAt, now)
                    .SetProperty(m => m.DoneAt, (DateTimeOffset?)null),
                cancellationToken);
        if (released > 0)
            await context.AnnounceSystemMailAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return released;
    }
}
