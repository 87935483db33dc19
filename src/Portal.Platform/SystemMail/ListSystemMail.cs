using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.SystemMail;

/// <param name="Limit">Rows, 1 to 200.</param>
/// <param name="Before">The last id of the page before: ids grow with time.</param>
public sealed record ListSystemMailRequest(int Limit = 50, Guid? Before = null);

/// <param name="HasBody">Its text is still there: it can be read by an admin, or tried again.</param>
public sealed record ListedSystemMail(
    Guid Id, string Kind, string Recipient, string Subject, SystemMessageState State, int Attempts, DateTimeOffset NextAttemptAt,
    string? LastError, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? DoneAt, bool HasBody);

/// <param name="Next">For <see cref="ListSystemMailRequest.Before"/>; null on the last page.</param>
public sealed record SystemMailRows(IReadOnlyList<ListedSystemMail> Items, Guid? Next);

/// <summary>The portal's own messages, newest first, without their text; for admins.</summary>
public sealed class ListSystemMail(IDbContextFactory<PlatformContext> contexts)
{
    public async Task<Outcome<SystemMailRows>> HandleAsync(Actor actor, ListSystemMailRequest request, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        var limit = Math.Clamp(request.Limit, 1, 200);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var messages = context.SystemMessages.AsNoTracking();
        if (request.Before is { } before)
            messages = messages.Where(message => message.Id < before);
        var items = await messages.OrderByDescending(message => message.Id).Take(limit + 1)
            .Select(message => new ListedSystemMail(
                message.Id, message.Kind, message.Recipient, message.Subject, message.State, message.Attempts, message.NextAttemptAt,
                message.LastError, message.CreatedAt, message.ExpiresAt, message.DoneAt, message.ProtectedBody != null))
            .ToListAsync(cancellationToken);
        if (items.Count <= limit)
            return new SystemMailRows(items, null);
        items.RemoveAt(limit);
        return new SystemMailRows(items, items[^1].Id);
    }
}
