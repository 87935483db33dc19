using System.Buffers.Text;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.Administration;

/// <param name="Text">The beginning of an e-mail address, or all of it; null or empty for every account.</param>
/// <param name="Role">Null: of any role.</param>
/// <param name="Status">Null: in any state but deleted.</param>
/// <param name="Limit">Rows, 1 to 200.</param>
/// <param name="After">The cursor of the page before.</param>
public sealed record FindUsersRequest(string? Text = null, Role? Role = null, AccountStatus? Status = null, int Limit = 50, string? After = null);

/// <param name="LastSeenAt">Of its sessions, to five minutes; null when it has none.</param>
public sealed record FoundUser(
    Guid Id, string Email, Role Role, AccountStatus Status, DateTimeOffset CreatedAt, DateTimeOffset? LastSeenAt, DateTimeOffset? DeletionDueAt);

/// <param name="Next">Cursor of the next page; null on the last.</param>
public sealed record FoundUsers(IReadOnlyList<FoundUser> Items, string? Next);

/// <summary>Lists accounts by e-mail address, for admins.</summary>
public sealed class FindUsers(IDbContextFactory<PlatformContext> contexts)
{
    public async Task<Outcome<FoundUsers>> HandleAsync(Actor actor, FindUsersRequest request, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        if (request.Limit is < 1 or > 200)
            return new Failure("limit_out_of_range", "The limit is from 1 to 200.");
        if (!TryReadCursor(request.After, out var after))
            return new Failure("cursor_malformed", "The cursor is not one that this list gave.");

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var users = Filtered(context, request);
        if (after is not null)
            users = users.Where(user => string.Compare(user.Email, after) > 0);
        var items = await users.OrderBy(user => user.Email).Take(request.Limit + 1)
            .Select(user => new FoundUser(
                user.Id, user.Email!, user.Role, user.Status, user.CreatedAt,
                context.Sessions.Where(session => session.UserId == user.Id).Max(session => (DateTimeOffset?)session.LastSeenAt),
                user.DeletionDueAt))
            .ToListAsync(cancellationToken);
        if (items.Count <= request.Limit)
            return new FoundUsers(items, null);
        items.RemoveAt(request.Limit);
        return new FoundUsers(items, Base64Url.EncodeToString(Encoding.UTF8.GetBytes(items[^1].Email)));
    }

    private static IQueryable<User> Filtered(PlatformContext context, FindUsersRequest request)
    {
        var users = context.Users.AsNoTracking();
        users = request.Status is { } status
            ? users.Where(user => user.Status == status)
            : users.Where(user => user.Status != AccountStatus.Deleted);
        if (request.Role is { } role)
            users = users.Where(user => user.Role == role);
        // Addresses are kept in lower case. The provider escapes what is a pattern's sign.
        var text = request.Text?.Trim().ToLowerInvariant();
        return string.IsNullOrEmpty(text) ? users : users.Where(user => user.Email!.StartsWith(text));
    }

    private static bool TryReadCursor(string? cursor, out string? email)
    {
        email = null;
        if (string.IsNullOrEmpty(cursor))
            return true;
        if (cursor.Length > 400 || !Base64Url.IsValid(cursor))
            return false;
        email = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        // PostgreSQL's text has no NUL.
        return !email.Contains('\0', StringComparison.Ordinal);
    }
}
