using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.SystemMail;

/// <param name="Expired">Gave up waiting, and their text is wiped.</param>
/// <param name="Deleted">Rows that are gone altogether.</param>
public sealed record PurgedSystemMail(int Expired, int Deleted);

/// <summary>Wipes the text of messages that have expired, and removes rows <see cref="Kept"/> after they were written.</summary>
public sealed class PurgeSystemMail(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const string Expired = "It expired before it could be sent.";

    public async Task<Outcome<PurgedSystemMail>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        var now = time.GetUtcNow();
        var before = now - Kept;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var expired = await context.SystemMessages
            .Where(message => message.ExpiresAt <= now && message.ProtectedBody != null)
            .ExecuteUpdateAsync(
                message => message
                    .SetProperty(m => m.State, SystemMessageState.Failed)
                    .SetProperty(m => m.LastError, m => m.State == SystemMessageState.Failed ? m.LastError : m.LastError == null ? Expired : Expired + " " + m.LastError)
                    .SetProperty(m => m.DoneAt, m => m.DoneAt ?? now)
                    .SetProperty(m => m.ProtectedBody, (byte[]?)null),
                cancellationToken);
        var deleted = await context.SystemMessages
            .Where(message => message.CreatedAt <= before && message.ExpiresAt <= now)
            .ExecuteDeleteAsync(cancellationToken);
        return new PurgedSystemMail(expired, deleted);
    }
}
