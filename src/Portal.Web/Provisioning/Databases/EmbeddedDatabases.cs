using Portal.Databases;
using Portal.Web.EmbeddedPostgres;

namespace Portal.Web.Provisioning.Databases;

/// <summary>The two databases on the portal's own cluster: started, provisioned and migrated, and stopped when disposed.</summary>
internal sealed class EmbeddedDatabases : IAsyncDisposable
{
    private readonly EmbeddedCluster _cluster;

    private EmbeddedDatabases(EmbeddedCluster cluster, DataDirectory data)
    {
        _cluster = cluster;
        Platform = DatabaseLogins.Embedded(DatabaseLayout.Platform, data, cluster.Settings.Port);
        Vault = DatabaseLogins.Embedded(DatabaseLayout.Vault, data, cluster.Settings.Port);
    }

    public DatabaseLogins Platform { get; }

    public DatabaseLogins Vault { get; }

    public int Port => _cluster.Settings.Port;

    /// <summary>Process of the server now; null while it is down.</summary>
    public int? ServerProcessId => _cluster.ProcessId;

    /// <param name="data">Locked by the caller.</param>
    /// <param name="port"><see cref="EmbeddedCluster.DefaultPort"/> and the offset.</param>
    /// <param name="progress">Gets what migrations did.</param>
    /// <exception cref="SetupRefusedException">The machine lacks something, or the databases cannot be brought up.</exception>
    public static async Task<EmbeddedDatabases> StartAsync(
        DataDirectory data, int port, MigrationsProcess migrations, TextWriter progress, ILogger logger, TimeProvider time, CancellationToken cancellation)
    {
        var superuser = PasswordFile.LoadOrCreate(Path.Combine(data.Secrets, DatabaseLayout.SuperuserFile), [DatabaseLayout.Superuser]);
        var settings = new ClusterSettings(data.Postgres, port, superuser[DatabaseLayout.Superuser]);
        var cluster = await EmbeddedCluster.StartAsync(settings, logger, time, cancellation);
        try
        {
            data.NotePostgresPort(port);
            var console = new EmbeddedConsole(migrations, data, port);
            await console.EnsureAsync(progress, cancellation);
            return new EmbeddedDatabases(cluster, data);
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The databases of the portal that runs on the directory, for command-line verbs. Null when none runs.</summary>
    public static (DatabaseLogins Platform, DatabaseLogins Vault)? FindRunning(DataDirectory data)
    {
        if (data.ReadPostgresPort() is not { } port || PostmasterFile.FindRunning(Path.Combine(data.Postgres, "data")) is null)
            return null;
        return (DatabaseLogins.Embedded(DatabaseLayout.Platform, data, port), DatabaseLogins.Embedded(DatabaseLayout.Vault, data, port));
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
