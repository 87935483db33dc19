using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Portal.Platform.Accounts.SetUp;

/// <param name="Token">Shown once; the database keeps its hash.</param>
public sealed record IssuedSetupLink(string Token, DateTimeOffset ExpiresAt);

/// <summary>Makes the one-time link to the first admin's account. A new link ends the old one; with an admin there is none.</summary>
public sealed class IssueSetupLink(IDbContextFactory<PlatformContext> contexts, IOptions<PlatformOptions> options, TimeProvider time)
{
    public static readonly Failure AdminExists = new("admin_exists", "This installation already has an admin. Sign in instead.");

    public async Task<Outcome<IssuedSetupLink>> HandleAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await FirstAdminLock.TakeAsync(context, cancellationToken);
        if (await context.Users.AnyAsync(user => user.Role == Role.Admin, cancellationToken))
            return AdminExists;

        await context.SetupLinks.Where(link => link.UsedAt == null).ExecuteDeleteAsync(cancellationToken);
        var now = time.GetUtcNow();
        var issued = new IssuedSetupLink(OneTimeToken.Create(), now + options.Value.SetupLinkLifetime);
        context.SetupLinks.Add(new SetupLink { TokenHash = OneTimeToken.Hash(issued.Token), CreatedAt = now, ExpiresAt = issued.ExpiresAt });
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return issued;
    }
}

/// <summary>Serialises, over all instances, the acts that decide who is the first admin; held until the transaction ends.</summary>
internal static class FirstAdminLock
{
    private const long Key = 0x7661756C74626F78;

    public static Task TakeAsync(PlatformContext context, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Key})", cancellationToken);
}
