using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.Support;

/// <param name="Limit">Views, 1 to 200.</param>
/// <param name="Before">Only those asked for before this; null: from the newest on.</param>
public sealed record ListViewsRequest(int Limit = 20, DateTimeOffset? Before = null);

/// <param name="Next">For <see cref="ListViewsRequest.Before"/> of the next page; null on the last.</param>
public sealed record ListedViews(IReadOnlyList<SupportViewRecord> Items, DateTimeOffset? Next);

/// <summary>Who viewed the actor's account, newest first, with all that was looked at.</summary>
public sealed class ListViews(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public async Task<Outcome<ListedViews>> HandleAsync(Actor actor, ListViewsRequest request, CancellationToken cancellationToken)
    {
        if (OwnAccount.RefuseRead(actor) is { } refusal)
            return refusal;
        if (request.Limit is < 1 or > 200)
            return new Failure("limit_out_of_range", "The limit is from 1 to 200.");
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var grants = context.SupportGrants.AsNoTracking().Where(grant => grant.OwnerId == actor.UserId);
        if (request.Before is { } before)
            grants = grants.Where(grant => grant.AskedAt < before);
        var found = await grants.OrderByDescending(grant => grant.AskedAt).ThenByDescending(grant => grant.Id).Take(request.Limit + 1)
            .ToListAsync(cancellationToken);
        var page = found.Take(request.Limit).ToList();
        return new ListedViews(
            await context.RecordsOfAsync(page, time.GetUtcNow(), cancellationToken), found.Count > request.Limit ? page[^1].AskedAt : null);
    }
}
