using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts;
using Portal.Platform.Audit;

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
        var now = time.GetUtcNow();
        if (await ReleaseSystemMail.RequeueAsync(context, one, now, cancellationToken) == 0)
            return NothingToSend;
        context.Audit(actor, Acts.SystemMailRetried, AuditTarget.Of(AuditTarget.SystemMailKind, id, null), now);
        await context.SaveChangesAsync(cancellationToken);
        return id;
    }
}
