using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Support;

internal static class SupportRecords
{
    /// <summary>The grants with what was looked at by each.</summary>
    public static async Task<IReadOnlyList<SupportViewRecord>> RecordsOfAsync(
        this PlatformContext context, IReadOnlyList<SupportGrant> grants, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = grants.Select(grant => grant.Id).ToList();
        var looks = await context.SupportLooks.AsNoTracking().Where(look => ids.Contains(look.GrantId))
            .OrderBy(look => look.At).ThenBy(look => look.Id).ToListAsync(cancellationToken);
        return await context.RecordsOfAsync(grants, looks, now, cancellationToken);
    }

    /// <summary>The grants, each with its newest look alone.</summary>
    public static async Task<IReadOnlyList<SupportViewRecord>> NewestOfAsync(
        this PlatformContext context, IReadOnlyList<SupportGrant> grants, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var looks = new List<SupportLook>();
        foreach (var grant in grants)
        {
            looks.AddRange(await context.SupportLooks.AsNoTracking().Where(look => look.GrantId == grant.Id)
                .OrderByDescending(look => look.At).ThenByDescending(look => look.Id).Take(1).ToListAsync(cancellationToken));
        }

        return await context.RecordsOfAsync(grants, looks, now, cancellationToken);
    }

    private static async Task<IReadOnlyList<SupportViewRecord>> RecordsOfAsync(
        this PlatformContext context, IReadOnlyList<SupportGrant> grants, List<SupportLook> looks, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var owners = grants.Select(grant => grant.OwnerId).Distinct().ToList();
        var emails = await context.Users.Where(user => owners.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.Email!, cancellationToken);
        var seen = looks.ToLookup(look => look.GrantId, look => new SeenInView(look.At, look.What, look.Path));
        return [.. grants.Select(grant => SupportViewRecord.Of(grant, emails.GetValueOrDefault(grant.OwnerId, string.Empty), [.. seen[grant.Id]], now))];
    }
}
