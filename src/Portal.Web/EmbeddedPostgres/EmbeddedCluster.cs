using Npgsql;

namespace Portal.Web.EmbeddedPostgres;

/// <summary>
/// A PostgreSQL cluster of the portal's own, on 127.0.0.1. Whoever holds it keeps it running: it is started again when it dies
/// and stopped when this is disposed. A server left behind by a killed portal is stopped and started anew.
/// </summary>
internal sealed class EmbeddedCluster : IAsyncDisposable
{
    private readonly ClusterServer _server;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _watch;

    private EmbeddedCluster(ClusterSettings settings, PostgresBinaries binaries, ClusterServer server, ClusterWatch watch)
    {
        Settings = settings;
        Major = binaries.Major;
        _server = server;
        _watch = watch.RunAsync(_stopping.Token);
    }

    /// <summary>Port of the embedded server, before <c>--port-offset</c>.</summary>
    public const int DefaultPort = 5480;

    public ClusterSettings Settings { get; }

    public int Major { get; }

    /// <summary>The server process now; null while it is down.</summary>
    public int? ProcessId => _server.Running?.ProcessId;

    /// <exception cref="SetupRefusedException">The machine lacks something, or the directory or port cannot be used.</exception>
    public static async Task<EmbeddedCluster> StartAsync(ClusterSettings settings, ILogger logger, TimeProvider time, CancellationToken cancellation)
    {
        var account = ServerAccount.ForThisProcess();
        var binaries = await new ClusterFiles(settings, account).PrepareAsync(cancellation);
        var server = new ClusterServer(settings, account, binaries);
        if (server.Running is { } orphan)
        {
            logger.OrphanFound(orphan.ProcessId, orphan.Port);
            await server.StopAsync();
        }
        try
        {
            await server.StartAsync();
            await RefuseForeignPasswordAsync(settings, cancellation);
        }
        catch
        {
            await server.StopAsync();
            throw;
        }
        logger.Started(binaries.Major, settings.Port);
        return new EmbeddedCluster(settings, binaries, server, new ClusterWatch(server, logger, time));
    }

    /// <summary>As superuser; for making roles and databases only.</summary>
    public string SuperuserConnectionString(string database = "postgres") => ConnectionString(Settings, database);

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        await _watch;
        await _server.StopAsync();
        _stopping.Dispose();
    }

    private static async Task RefuseForeignPasswordAsync(ClusterSettings settings, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString(settings, "postgres"));
            await connection.OpenAsync(cancellation);
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InvalidPassword)
        {
            throw new SetupRefusedException(
                $"The database in {settings.DataDirectory} was made with another superuser password than the one kept beside it. Restore the secrets directory that belongs to it.", refused);
        }
    }

    private static string ConnectionString(ClusterSettings settings, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = settings.Port,
        Database = database,
        Username = "postgres",
        Password = settings.SuperuserPassword,
        Pooling = false,
        GssEncryptionMode = GssEncryptionMode.Disable,
        ApplicationName = "portal-provisioning",
    }.ConnectionString;
}
