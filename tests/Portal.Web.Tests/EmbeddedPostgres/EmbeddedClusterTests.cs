using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Portal.Web.EmbeddedPostgres;

namespace Portal.Web.Tests.EmbeddedPostgres;

public sealed class EmbeddedClusterTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("portal-cluster-").FullName;
    private readonly FakeTimeProvider _time = new();

    public EmbeddedClusterTests() => File.SetUnixFileMode(_root, File.GetUnixFileMode(_root) | UnixFileMode.OtherExecute);

    [Fact]
    public async Task Start_NewThenExisting_KeepsDataAndStopsWithIt()
    {
        var settings = Settings("one with spaces and 'quotes'") with { Durability = ClusterDurability.Full };
        await using (var cluster = await StartAsync(settings))
        {
            await ExecuteAsync(cluster, "CREATE TABLE kept (id integer)");
            Assert.Equal("on", await ScalarAsync(cluster, "SHOW synchronous_commit"));
            Assert.Equal("on", await ScalarAsync(cluster, "SHOW fsync"));
            Assert.Equal("on", await ScalarAsync(cluster, "SHOW data_checksums"));
            Assert.Equal("UTF8", await ScalarAsync(cluster, "SHOW server_encoding"));
            Assert.Equal("127.0.0.1", await ScalarAsync(cluster, "SHOW listen_addresses"));
        }
        Assert.Null(PostmasterFile.FindRunning(settings.DataDirectory));

        await using var again = await StartAsync(settings);

        Assert.Equal(0L, await ScalarAsync(again, "SELECT count(*) FROM kept"));
    }

    [Fact]
    public async Task Start_ServerLeftRunningOnAnotherPort_IsStoppedAndReplaced()
    {
        var first = Settings("orphan");
        var left = await StartAsync(first);
        await ExecuteAsync(left, "CREATE TABLE kept (id integer)");
        var orphan = left.ProcessId;

        await using var cluster = await StartAsync(first with { Port = FreePort() });

        Assert.NotEqual(orphan, cluster.ProcessId);
        await Assert.ThrowsAsync<NpgsqlException>(() => ExecuteAsync(left, "SELECT 1"));
        Assert.Equal(0L, await ScalarAsync(cluster, "SELECT count(*) FROM kept"));
    }

    [Fact]
    public async Task Server_Killed_IsStartedAgain()
    {
        var log = new SignallingLogger();
        var settings = Settings("killed");
        await using var cluster = await EmbeddedCluster.StartAsync(settings, log, _time, TestContext.Current.CancellationToken);
        await ExecuteAsync(cluster, "CREATE TABLE kept (id integer)");
        using (var server = Process.GetProcessById(cluster.ProcessId!.Value))
        {
            server.Kill();
            await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        while (!log.Seen(7004))
        {
            _time.Advance(ClusterWatch.LongestWait);
            await log.NextAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(0L, await ScalarAsync(cluster, "SELECT count(*) FROM kept"));
    }

    [Theory]
    [InlineData("99", "newer PostgreSQL")]
    [InlineData("11", "pg_upgrade")]
    public async Task Start_DataOfAnotherMajor_IsRefusedUntouched(string major, string advice)
    {
        var settings = Settings("major");
        Directory.CreateDirectory(settings.DataDirectory);
        await File.WriteAllTextAsync(Path.Combine(settings.DataDirectory, "PG_VERSION"), major + "\n", TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<SetupRefusedException>(() => StartAsync(settings));

        Assert.Contains($"is of PostgreSQL {major}", refused.Message, StringComparison.Ordinal);
        Assert.Contains(advice, refused.Message, StringComparison.Ordinal);
        Assert.Equal(["PG_VERSION"], Directory.GetFileSystemEntries(settings.DataDirectory).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Start_PortTaken_NamesItAndTheOption()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();
        var port = ((IPEndPoint)other.LocalEndPoint!).Port;

        var refused = await Assert.ThrowsAsync<SetupRefusedException>(() => StartAsync(Settings("port") with { Port = port }));

        Assert.Contains($"Port {port}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--port-offset", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OtherSuperuserPassword_IsRefusedAndLeavesNoServer()
    {
        var settings = Settings("password");
        await (await StartAsync(settings)).DisposeAsync();

        var refused = await Assert.ThrowsAsync<SetupRefusedException>(() => StartAsync(settings with { SuperuserPassword = "another" }));

        Assert.Contains("superuser password", refused.Message, StringComparison.Ordinal);
        Assert.Null(PostmasterFile.FindRunning(settings.DataDirectory));
    }

    [Fact]
    public async Task Start_CutShortInitialisation_StartsOver()
    {
        var settings = Settings("cut");
        Directory.CreateDirectory(settings.Directory);
        Directory.CreateDirectory(settings.DataDirectory + ".new");
        await File.WriteAllTextAsync(Path.Combine(settings.DataDirectory + ".new", "PG_VERSION"), "15\n", TestContext.Current.CancellationToken);
        Give(settings.Directory);

        await using var cluster = await StartAsync(settings);

        Assert.Equal(1, await ScalarAsync(cluster, "SELECT 1"));
        Assert.False(File.Exists(Path.Combine(settings.Directory, "initdb.password")));
    }

    [Fact]
    public async Task Start_DirectoryTheServerMayNotEnter_NamesIt()
    {
        var closed = Path.Combine(_root, "closed");
        // Root enters whatever the mode is, but the account that runs its server does not.
        Directory.CreateDirectory(closed, Environment.IsPrivilegedProcess ? UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute : UnixFileMode.UserRead);

        var refused = await Assert.ThrowsAsync<SetupRefusedException>(() => StartAsync(Settings("closed/below")));

        Assert.Contains(closed, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_FailingStatement_HoldsNeitherStatementNorRow()
    {
        var settings = Settings("silent");
        await using var cluster = await StartAsync(settings);
        await ExecuteAsync(cluster, "CREATE TABLE addresses (address text PRIMARY KEY CHECK (address <> 'canary-in-check'))");
        await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(cluster, "INSERT INTO addresses VALUES ('canary-in-check')"));
        await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(cluster, "INSERT INTO addresses VALUES ('canary'), ('canary')"));

        await cluster.DisposeAsync();

        var log = string.Concat(Directory.GetFiles(settings.LogDirectory).Select(File.ReadAllText));
        Assert.Contains("violates check constraint", log, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", log, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private ClusterSettings Settings(string name) => new(Path.Combine(_root, name), FreePort(), "a superuser's password", ClusterDurability.Disposable);

    private Task<EmbeddedCluster> StartAsync(ClusterSettings settings) =>
        EmbeddedCluster.StartAsync(settings, NullLogger.Instance, _time, TestContext.Current.CancellationToken);

    private static void Give(string directory)
    {
        if (!Environment.IsPrivilegedProcess)
            return;
        using var chown = Process.Start("chown", ["-R", "postgres:postgres", directory]);
        chown.WaitForExit();
    }

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    private static Task ExecuteAsync(EmbeddedCluster cluster, string sql) => ScalarAsync(cluster, sql);

    private static async Task<object?> ScalarAsync(EmbeddedCluster cluster, string sql)
    {
        await using var connection = new NpgsqlConnection(cluster.SuperuserConnectionString());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
