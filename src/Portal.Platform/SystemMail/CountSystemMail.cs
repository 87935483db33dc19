using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.SystemMail;

/// <param name="Queued">Wait for their next try.</param>
/// <param name="Held">Wait for sending to be configured, or for an admin.</param>
public sealed record WaitingSystemMail(int Queued, int Held);

/// <summary>How many of the portal's own messages have not gone; for admins.</summary>
public sealed class CountSystemMail(IDbContextFactory<PlatformContext> contexts)
{
    public async Task<Outcome<WaitingSystemMail>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = await context.SystemMessages
            .Where(message => message.State == SystemMessageState.Queued || message.State == SystemMessageState.Held)
            .GroupBy(message => message.State)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        return new WaitingSystemMail(counts.GetValueOrDefault(SystemMessageState.Queued), counts.GetValueOrDefault(SystemMessageState.Held));
    }
}
