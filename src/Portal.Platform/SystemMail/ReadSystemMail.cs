using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts;
using Portal.Platform.Audit;

namespace Portal.Platform.SystemMail;

public sealed record ReadableSystemMail(Guid Id, string Recipient, string Subject, string Text, DateTimeOffset ExpiresAt);

/// <summary>
/// Shows an admin the text of a message that is held or was given up, to hand it over by other means. A link in it is a credential of
/// its recipient, so a fresh proof of identity is asked for; one that has arrived is read by nobody.
/// </summary>
public sealed class ReadSystemMail(IDbContextFactory<PlatformContext> contexts, SystemMailQueue queue, TimeProvider time)
{
    private static readonly Failure Unreadable = new(
        "text_unreadable", "The text cannot be read: it was written under other installation keys. Do again what it told of.");

    private static readonly Failure ConsentAlone = new(
        "consent_alone", "This message asks its recipient to let support look. Its link is their consent, so nobody else reads it. They can answer in the portal.");

    public async Task<Outcome<ReadableSystemMail>> HandleAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        var now = time.GetUtcNow();
        if (!actor.IsFresh(now))
            return AccountFailures.StepUpRequired;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.SystemMessages.AsNoTracking().SingleOrDefaultAsync(
            message => message.Id == id && message.ProtectedBody != null && message.ExpiresAt > now
                && (message.State == SystemMessageState.Held || message.State == SystemMessageState.Failed),
            cancellationToken);
        if (found is null)
            return AccountFailures.NotFound;
        if (string.Equals(found.Kind, AccountMails.ViewAskedKind, StringComparison.Ordinal))
            return ConsentAlone;
        if (queue.TryOpen(found.ProtectedBody) is not { } body)
            return Unreadable;
        // It may hold a link that lets its holder in.
        context.Audit(actor, Acts.SystemMailRead, AuditTarget.Of(AuditTarget.SystemMailKind, found.Id, null), now, new AuditDetail().Fact("kind", found.Kind));
        await context.SaveChangesAsync(cancellationToken);
        return new ReadableSystemMail(found.Id, found.Recipient, found.Subject, body.Text, found.ExpiresAt);
    }
}
