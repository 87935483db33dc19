using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.Administration;

/// <param name="Emails">By account, without those that are gone.</param>
public sealed record UserNames(IReadOnlyDictionary<Guid, string> Emails);

/// <summary>E-mail addresses of accounts, for admins who look at what belongs to them elsewhere.</summary>
public sealed class NameUsers(IDbContextFactory<PlatformContext> contexts)
{
    /// <param name="ids">200 at most.</param>
    public async Task<Outcome<UserNames>> HandleAsync(Actor actor, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        if (ids.Count > 200)
            return new Failure("limit_out_of_range", "Ask for 200 accounts at most.");
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return new UserNames(await context.Users.Where(user => ids.Contains(user.Id) && user.Email != null)
            .ToDictionaryAsync(user => user.Id, user => user.Email!, cancellationToken));
    }
}
