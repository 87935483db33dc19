using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Web.EmbeddedPostgres;

namespace Portal.Testing;

/// <summary>A throwaway cluster on a free port, run by the code that runs the portal's own.</summary>
internal sealed class LocalServer : ITestServer
{
    private const string DirectoryPrefix = "portal-test-";
    private const string Memory = "/dev/shm";
    private const long RoomInMemory = 6L << 30;
    private readonly EmbeddedCluster _cluster;

    private LocalServer(EmbeddedCluster cluster) => _cluster = cluster;

    /// <summary>
    /// A name for a directory of this run's own: in memory where there is room for it. A suite makes and drops thousands of databases of
    /// hundreds of files each, and ext4 searches long for an inode that was not freed lately.
    /// </summary>
    public static string NewDirectory()
    {
        var root = Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace >= RoomInMemory ? Memory : Path.GetTempPath();
        return Path.Combine(root, $"{DirectoryPrefix}{Environment.ProcessId}-{Guid.NewGuid():n}"[..32]);
    }

    public static async Task<LocalServer> StartAsync(string directory)
    {
        var settings = new ClusterSettings(Path.Combine(directory, "postgres"), FreePort(), Guid.NewGuid().ToString("n"), ClusterDurability.Disposable);
        return new LocalServer(await EmbeddedCluster.StartAsync(settings, NullLogger.Instance, TimeProvider.System, CancellationToken.None));
    }

    public string SuperuserConnectionString(string database) => _cluster.SuperuserConnectionString(database);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    /// <summary>Stops the servers and removes the directories of test runs that were killed.</summary>
    public static void SweepAbandoned()
    {
        string[] roots = [Path.GetTempPath(), Memory];
        foreach (var directory in roots.Where(Directory.Exists).SelectMany(root => Directory.GetDirectories(root, DirectoryPrefix + "*")))
        {
            var owner = Path.GetFileName(directory)[DirectoryPrefix.Length..].Split('-')[0];
            if (!int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out var processId) || Directory.Exists($"/proc/{processId}"))
                continue;
            Sweep(directory);
        }
    }

    private static void Sweep(string directory)
    {
        try
        {
            if (PostmasterFile.FindRunning(Path.Combine(directory, "postgres", "data")) is { } left)
                Process.GetProcessById(left.ProcessId).Kill();
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Another run sweeps it at the same moment, or another user's run left it.
        }
    }

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
