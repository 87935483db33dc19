using Npgsql;
using Portal.Databases;
using Portal.Migrations;
using Portal.Migrations.Platform;
using Portal.Migrations.Vault;
using Xunit;

namespace Portal.Testing;

/// <summary>
/// A PostgreSQL server for one test assembly, with the real roles, grants and migrations. Register it with
/// <c>[assembly: AssemblyFixture(typeof(PostgresCluster))]</c>, take it in a test class's constructor, and make each class a
/// database of its own. In a container where an engine is at hand, otherwise a throwaway local cluster.
/// </summary>
public sealed class PostgresCluster : IAsyncLifetime
{
    private readonly string _directory = LocalServer.NewDirectory();
    private IReadOnlyList<PasswordFile> _passwords = [];
    private ITestServer? _server;

    /// <summary>Holds <c>owners.pgpass</c> and <c>services.pgpass</c>, as in a portal's data directory.</summary>
    public string SecretsDirectory => Path.Combine(_directory, "secrets");

    public async ValueTask InitializeAsync()
    {
        LocalServer.SweepAbandoned();
        Directory.CreateDirectory(_directory);
        PrivateFile.CreateDirectory(SecretsDirectory);
        _passwords =
        [
            PasswordFile.LoadOrCreate(Path.Combine(SecretsDirectory, DatabaseLayout.OwnersFile), DatabaseLayout.OwnerRoles),
            PasswordFile.LoadOrCreate(Path.Combine(SecretsDirectory, DatabaseLayout.ServicesFile), DatabaseLayout.ServiceRoles),
        ];
        _server = ContainerServer.IsUsable ? await ContainerServer.StartAsync() : await LocalServer.StartAsync(_directory);
        await new ProvisionServer(_server.SuperuserConnectionString("postgres")).RunAsync(_passwords, dedicated: true, CancellationToken.None);
        await new MigrateDatabase(DatabaseLayout.Platform, () => PlatformContextFactory.Create(AsOwner(DatabaseLayout.Platform))).RunAsync(CancellationToken.None);
        await new MigrateDatabase(DatabaseLayout.Vault, () => VaultContextFactory.Create(AsOwner(DatabaseLayout.Vault))).RunAsync(CancellationToken.None);
        // Copied from what nobody connects to: PostgreSQL copies no database that is in use.
        foreach (var layout in new[] { DatabaseLayout.Platform, DatabaseLayout.Vault })
            await CopyAsync(layout, layout.Database, Template(layout));
    }

    /// <summary>A copy of the migrated platform database; a tenth of a second.</summary>
    public Task<TestDatabase> CreatePlatformAsync() => CopyAsync(DatabaseLayout.Platform);

    /// <summary>A copy of the migrated vault database; a tenth of a second.</summary>
    public Task<TestDatabase> CreateVaultAsync() => CopyAsync(DatabaseLayout.Vault);

    /// <summary>The server's superuser: for what no role of the portal may do, as looking into its files and views.</summary>
    public string SuperuserConnectionString(string database = "postgres") => Server.SuperuserConnectionString(database);

    /// <summary>To any database of the server as any role of the portal, also one that must not get in.</summary>
    public string ConnectionStringAs(string role, string database) => ConnectionString(database, role, pooling: true);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    private ITestServer Server => _server ?? throw new InvalidOperationException("The cluster has not been started; xunit does so for a fixture.");

    private static string Template(DatabaseLayout layout) => $"template_of_{layout.Database}";

    private string AsOwner(DatabaseLayout layout) => ConnectionString(layout.Database, layout.Owner, pooling: false);

    private string ConnectionString(string database, string role, bool pooling)
    {
        var password = _passwords.First(file => file.Roles.Contains(role, StringComparer.Ordinal))[role];
        return new NpgsqlConnectionStringBuilder(Server.SuperuserConnectionString(database))
        {
            Username = role,
            Password = password,
            Pooling = pooling,
            MaxPoolSize = 20,
            IncludeErrorDetail = true,
            ApplicationName = "portal-tests",
        }.ConnectionString;
    }

    private async Task CopyAsync(DatabaseLayout layout, string source, string name)
    {
        await using var connection = new NpgsqlConnection(Server.SuperuserConnectionString("postgres"));
        await connection.OpenAsync();
        await using var copy = new NpgsqlCommand($"CREATE DATABASE {name} OWNER {layout.Owner} TEMPLATE {source}", connection);
        await copy.ExecuteNonQueryAsync();
    }

    private async Task<TestDatabase> CopyAsync(DatabaseLayout layout)
    {
        var name = $"t_{Guid.NewGuid():n}";
        await CopyAsync(layout, Template(layout), name);
        await new ProvisionServer(Server.SuperuserConnectionString("postgres")).CloseDatabaseAsync(layout, name, CancellationToken.None);
        return new TestDatabase(
            Server.SuperuserConnectionString(name),
            ConnectionString(name, layout.Owner, pooling: true),
            ConnectionString(name, layout.Service, pooling: true),
            ConnectionString(name, layout.Auth, pooling: true),
            ConnectionString(name, layout.Readonly, pooling: true));
    }
}
