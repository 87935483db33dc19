using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Tokens;

namespace Portal.Platform.Domains;

/// <param name="Limit">Rows, 1 to 200.</param>
/// <param name="After">The cursor of the page before.</param>
public sealed record ListDomainsRequest(int Limit = 50, string? After = null);

/// <param name="Owned">False: another account's domain that is shared with all.</param>
public sealed record ListedDomain(Guid Id, string Domain, VerificationStatus VerificationStatus, bool Shared, bool Owned, DateTimeOffset CreatedAt);

/// <param name="Next">Cursor of the next page; null on the last.</param>
public sealed record DomainPage(IReadOnlyList<ListedDomain> Items, string? Next);

/// <summary>Lists the actor's own domains and the verified ones that are shared with all, by name.</summary>
public sealed class ListDomains(IDbContextFactory<PlatformContext> contexts)
{
    public async Task<Outcome<DomainPage>> HandleAsync(Actor actor, ListDomainsRequest request, CancellationToken cancellationToken)
    {
        if (actor.IsStranger)
            return AccountFailures.NotFound;
        if (!actor.Allows(TokenScopes.DomainsRead))
            return actor.Refusal;
        if (request.Limit is < 1 or > 200)
            return new Failure("limit_out_of_range", "The limit is from 1 to 200.");
        if (!DomainCursor.TryRead(request.After, out var after))
            return DomainCursor.Malformed;

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var visible = context.Domains.AsNoTracking()
            .Where(d => d.UserId == actor.UserId || (d.Shared && d.VerificationStatus == VerificationStatus.Verified));
        if (after is { } last)
            visible = visible.Where(d => EF.Functions.GreaterThan(ValueTuple.Create(d.Name, d.Id), ValueTuple.Create(last.Name, last.Id)));
        var items = await visible.OrderBy(d => d.Name).ThenBy(d => d.Id)
            .Take(request.Limit + 1)
            .Select(d => new ListedDomain(d.Id, d.Name, d.VerificationStatus, d.Shared, d.UserId == actor.UserId, d.CreatedAt))
            .ToListAsync(cancellationToken);
        if (items.Count <= request.Limit)
            return new DomainPage(items, null);
        items.RemoveAt(request.Limit);
        return new DomainPage(items, DomainCursor.Write(items[^1].Domain, items[^1].Id));
    }
}
