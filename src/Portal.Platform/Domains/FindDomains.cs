using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.Domains;

/// <param name="Text">The beginning of a domain's name; null or empty for every domain.</param>
/// <param name="Status">Null: whether proved or not.</param>
/// <param name="OnlyShared">Only those that every account may use.</param>
/// <param name="Id">Only this one.</param>
/// <param name="Limit">Rows, 1 to 200.</param>
/// <param name="After">The cursor of the page before.</param>
public sealed record FindDomainsRequest(string? Text = null, VerificationStatus? Status = null, bool OnlyShared = false, Guid? Id = null, int Limit = 50, string? After = null);

/// <param name="VerifiedReason">What an admin said who vouched for it; null when nobody did, or the operator at the console.</param>
public sealed record FoundDomain(
    Guid Id,
    string Domain,
    VerificationStatus VerificationStatus,
    bool Shared,
    Guid OwnerId,
    string? OwnerEmail,
    DateTimeOffset CreatedAt,
    DateTimeOffset? VerifiedAt,
    string? VerifiedReason);

/// <param name="Next">Cursor of the next page; null on the last.</param>
public sealed record FoundDomains(IReadOnlyList<FoundDomain> Items, string? Next);

/// <summary>Lists every account's domains by name, for admins.</summary>
public sealed class FindDomains(IDbContextFactory<PlatformContext> contexts)
{
    public async Task<Outcome<FoundDomains>> HandleAsync(Actor actor, FindDomainsRequest request, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        if (request.Limit is < 1 or > 200)
            return new Failure("limit_out_of_range", "The limit is from 1 to 200.");
        if (!DomainCursor.TryRead(request.After, out var after))
            return DomainCursor.Malformed;

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var domains = context.Domains.AsNoTracking();
        if (request.Text?.Trim().ToLowerInvariant() is { Length: > 0 } text)
            domains = domains.Where(d => d.Name.StartsWith(text));
        if (request.Status is { } status)
            domains = domains.Where(d => d.VerificationStatus == status);
        if (request.Id is { } id)
            domains = domains.Where(d => d.Id == id);
        if (request.OnlyShared)
            domains = domains.Where(d => d.Shared);
        if (after is { } last)
            domains = domains.Where(d => EF.Functions.GreaterThan(ValueTuple.Create(d.Name, d.Id), ValueTuple.Create(last.Name, last.Id)));
        var items = await domains.OrderBy(d => d.Name).ThenBy(d => d.Id).Take(request.Limit + 1)
            .Select(d => new FoundDomain(
                d.Id, d.Name, d.VerificationStatus, d.Shared, d.UserId, context.Users.Where(u => u.Id == d.UserId).Select(u => u.Email).SingleOrDefault(),
                d.CreatedAt, d.VerifiedAt, d.VerifiedReason))
            .ToListAsync(cancellationToken);
        if (items.Count <= request.Limit)
            return new FoundDomains(items, null);
        items.RemoveAt(request.Limit);
        return new FoundDomains(items, DomainCursor.Write(items[^1].Domain, items[^1].Id));
    }
}
