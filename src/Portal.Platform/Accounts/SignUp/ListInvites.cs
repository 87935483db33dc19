using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts.Links;

namespace Portal.Platform.Accounts.SignUp;

/// <param name="Limit">Rows, 1 to 200.</param>
/// <param name="After">The last invitation of the page before.</param>
public sealed record ListInvitesRequest(int Limit = 50, Guid? After = null);

public enum InviteState
{
    Waiting,
    Accepted,
    Revoked,
    Expired,
}

/// <param name="CreatedBy">The admin's address; null: the operator, or an account that is gone.</param>
public sealed record ListedInvite(
    Guid Id, string Email, Role Role, InviteState State, string? CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? AcceptedAt);

/// <param name="Next">What to ask for <see cref="ListInvitesRequest.After"/>; null on the last page.</param>
public sealed record InviteList(IReadOnlyList<ListedInvite> Items, Guid? Next);

/// <summary>Every invitation, newest first.</summary>
public sealed class ListInvites(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public async Task<Outcome<InviteList>> HandleAsync(Actor actor, ListInvitesRequest request, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        if (request.Limit is < 1 or > 200)
            return new Failure("limit_out_of_range", "The limit is from 1 to 200.");

        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var invites = context.AccountLinks.AsNoTracking().Where(link => link.Kind == AccountLinkKind.Invite);
        if (request.After is { } after)
            invites = invites.Where(link => link.Id < after);
        // Ids grow with time.
        var items = await invites.OrderByDescending(link => link.Id).Take(request.Limit + 1)
            .Select(link => new ListedInvite(
                link.Id,
                link.Email,
                link.Role ?? Role.User,
                link.UsedAt != null ? InviteState.Accepted
                    : link.RevokedAt != null ? InviteState.Revoked
                    : link.ExpiresAt <= now ? InviteState.Expired
                    : InviteState.Waiting,
                context.Users.Where(user => user.Id == link.CreatedBy).Select(user => user.Email).FirstOrDefault(),
                link.CreatedAt,
                link.ExpiresAt,
                link.UsedAt))
            .ToListAsync(cancellationToken);
        if (items.Count <= request.Limit)
            return new InviteList(items, null);
        items.RemoveAt(request.Limit);
        return new InviteList(items, items[^1].Id);
    }
}
