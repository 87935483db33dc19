using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.Domains;

/// <param name="IsOwn">The actor's own, whether or not it is shared with others.</param>
public sealed record UsableDomain(Guid Id, string Domain, bool Shared, bool IsOwn);

/// <summary>
/// Finds a domain on which the actor may have addresses: verified, and own or shared; and the account must stand.
/// The portal asks it before it makes a vaultbox, for no constraint reaches across the two databases.
/// </summary>
public sealed class FindUsableDomain(IDbContextFactory<PlatformContext> contexts)
{
    public async Task<Outcome<UsableDomain>> HandleAsync(Actor actor, string? domain, CancellationToken cancellationToken)
    {
        if (!DomainName.TryNormalise(domain, out var name))
            return Unknown;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.Domains.AsNoTracking()
            .Where(d => d.Name == name && d.VerificationStatus == VerificationStatus.Verified && (d.Shared || d.UserId == actor.UserId))
            .Where(d => context.Users.Any(user => user.Id == actor.UserId && user.Status == AccountStatus.Active))
            .Select(d => new UsableDomain(d.Id, d.Name, d.Shared, d.UserId == actor.UserId))
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? Unknown : found;
    }

    private static Failure Unknown { get; } = new("domain_unknown", "This is no verified domain that you can use.");
}
