using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.SystemMail;

/// <summary>How one try to deliver ended.</summary>
/// <param name="State">Where the message stands now.</param>
/// <param name="Reason">For the admin; null when it arrived.</param>
/// <param name="NextAttemptAt">When to try again; for <see cref="SystemMessageState.Queued"/> only.</param>
public sealed record SystemMailVerdict(SystemMessageState State, string? Reason = null, DateTimeOffset? NextAttemptAt = null);

public sealed record SettleSystemMailRequest(ClaimedSystemMail Message, SystemMailVerdict Verdict);

/// <summary>
/// Notes how a try ended. The body of a message that arrived is wiped in the same statement; one that waits, is held or was given up
/// keeps it until it expires, so that an admin can hand it over or try again.
/// </summary>
public sealed class SettleSystemMail(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    /// <returns>False: the claim is no longer the caller's, and nothing was noted.</returns>
    public async Task<Outcome<bool>> HandleAsync(Actor actor, SettleSystemMailRequest request, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        var (id, attempt, verdict) = (request.Message.Id, request.Message.Attempt, request.Verdict);
        var now = time.GetUtcNow();
        var reason = Shorten(verdict.Reason);
        var arrived = verdict.State is SystemMessageState.Sent or SystemMessageState.Sealed;
        DateTimeOffset? done = arrived || verdict.State == SystemMessageState.Failed ? now : null;
        var next = verdict.NextAttemptAt ?? now;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var settled = await context.SystemMessages
            .Where(message => message.Id == id && message.State == SystemMessageState.Queued && message.Attempts == attempt)
            .ExecuteUpdateAsync(
                message => message
                    .SetProperty(m => m.State, verdict.State)
                    .SetProperty(m => m.LastError, reason)
                    .SetProperty(m => m.NextAttemptAt, next)
                    .SetProperty(m => m.DoneAt, done)
                    .SetProperty(m => m.ProtectedBody, m => arrived ? null : m.ProtectedBody),
                cancellationToken);
        return settled == 1;
    }

    private static string? Shorten(string? reason) => reason is { Length: > SystemMessageConfiguration.ErrorLength }
        ? reason[..SystemMessageConfiguration.ErrorLength]
        : reason;
}
