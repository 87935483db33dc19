using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts;

/// <summary>Ids of the accounts that do not stand, suspended or closed: nobody signs in to their credentials, in the vault either.</summary>
public sealed class ListSuspendedUsers(IDbContextFactory<PlatformContext> contexts)
{
    public async Task<IReadOnlyList<Guid>> HandleAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Users.Where(user => user.Status != AccountStatus.Active)
            .OrderBy(user => user.Id).Select(user => user.Id).ToListAsync(cancellationToken);
    }
}
