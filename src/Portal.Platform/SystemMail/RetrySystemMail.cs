using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.SystemMail;

/// <summary>An admin wants one message tried again now, whatever it waits for; a failed one too as long as it has its text.</summary>
public sealed class RetrySystemMail(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    private static readonly Failure NothingToSend = new(
        "nothing_to_send", "This message has arrived or its text is gone. Do again what it told of.");

    public async Task<Outcome<Guid>> HandleAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var one = context.SystemMessages.Where(message => message.Id == id);
        if (!await one.AnyAsync(cancellationToken))
            return AccountFailures.NotFound;
        return await ReleaseSystemMail.RequeueAsync(context, one, time.GetUtcNow(), cancellationToken) == 0 ? NothingToSend : id;
    }
}
