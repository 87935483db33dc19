using Npgsql;
using Portal.Platform;
using Portal.Platform.Accounts;
using Portal.Platform.Health;
using Portal.Vault.Health;

namespace Portal.Web.Provisioning.Databases;

/// <summary>Both databases side by side, for admins.</summary>
public sealed record DatabaseHealth(PlatformHealth Platform, DatabaseReport PlatformReport, VaultHealth Vault, DatabaseReport VaultReport);

/// <summary>The service roles' connection strings, by which each server is asked.</summary>
public sealed record DatabaseServers(string Platform, string Vault);

/// <summary>Whether the databases answer, how fast, how full they are, who holds connections, and whether they are kept apart.</summary>
public sealed class GetDatabaseHealth(DatabaseServers servers, CheckPlatform checkPlatform, CheckVault checkVault)
{
    public async Task<Outcome<DatabaseHealth>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        var platform = ReportAsync("Platform", servers.Platform, servers.Vault, cancellationToken);
        var vault = ReportAsync("Vault", servers.Vault, servers.Platform, cancellationToken);
        return new DatabaseHealth(await checkPlatform.HandleAsync(cancellationToken), await platform, await checkVault.HandleAsync(cancellationToken), await vault);
    }

    private static async Task<DatabaseReport> ReportAsync(string called, string own, string other, CancellationToken cancellationToken)
    {
        var name = new NpgsqlConnectionStringBuilder(own).Database ?? called;
        try
        {
            return new DatabaseReport(name, null, await ReadDatabaseFacts.HandleAsync(own, other, cancellationToken));
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            return new DatabaseReport(name, "The database does not answer.", null);
        }
    }
}

internal static class DatabaseReports
{
    public static IServiceCollection AddDatabaseReports(this IServiceCollection services, string platform, string vault) =>
        services.AddSingleton(new DatabaseServers(platform, vault)).AddSingleton<GetDatabaseHealth>();
}
