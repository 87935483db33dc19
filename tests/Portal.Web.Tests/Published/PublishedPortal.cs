using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Portal.Web.Tests.Published;

/// <summary>The published output, started as an account that is not root, as a container would.</summary>
internal sealed class PublishedPortal : IAsyncDisposable
{
    private readonly string _directory;
    private readonly Process _process;

    private PublishedPortal(string directory, Process process, int offset)
    {
        _directory = directory;
        _process = process;
        Address = new Uri($"http://localhost:{5080 + offset}");
    }

    public Uri Address { get; }

    public string DataDirectory => Path.Combine(_directory, "data");

    /// <param name="settings">Environment variables of the portal.</param>
    public static async Task<PublishedPortal> StartAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellation)
    {
        var directory = Directory.CreateTempSubdirectory("portal-published-").FullName;
        File.SetUnixFileMode(directory, (UnixFileMode)0b111_101_101);
        var app = Path.Combine(directory, "app");
        await PublishAsync(app, cancellation);
        var data = Path.Combine(directory, "data");
        await RunAsync(Environment.IsPrivilegedProcess ? ["install", "-d", "-o", "nobody", "-m", "0700", data] : ["install", "-d", "-m", "0700", data], cancellation);
        var offset = FreeOffset();
        string[] account = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--no-new-privs"] : ["env"];
        string[] command = [.. account, "dotnet", Path.Combine(app, "Portal.Web.dll"), "up", "--data", data, "--port-offset", offset.ToString(CultureInfo.InvariantCulture)];
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = "/" };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return new PublishedPortal(directory, Process.Start(start)!, offset);
    }

    /// <summary>What the portal prints, until a line holds the words or it ends.</summary>
    public async Task<string> ReadUntilAsync(string words, CancellationToken cancellation)
    {
        var printed = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            printed.Add(line);
            if (line.Contains(words, StringComparison.Ordinal))
                break;
        }
        return string.Join('\n', printed);
    }

    /// <summary>Ends it as Ctrl-C does.</summary>
    public async Task<int> StopAsync(CancellationToken cancellation)
    {
        await RunAsync(["kill", "-INT", _process.Id.ToString(CultureInfo.InvariantCulture)], cancellation);
        await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>A copy of what ./portal built for this run, or a publish by the same function.</summary>
    private static Task PublishAsync(string app, CancellationToken cancellation) =>
        Environment.GetEnvironmentVariable("PORTAL_TEST_APP") is { Length: > 0 } built
            ? RunAsync(["cp", "-r", built, app], cancellation)
            : RunAsync(["bash", "-euc", "root=$1; . \"$1/scripts/build.sh\"; publish \"$2\"", "bash", Repository(), app], cancellation);

    private static string Repository()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Portal.sln")))
            directory = Path.GetDirectoryName(directory)!;
        return directory;
    }

    private static async Task RunAsync(string[] command, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false })!;
        await process.WaitForExitAsync(cancellation);
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>One that leaves every port of the portal free.</summary>
    private static int FreeOffset()
    {
        int[] ports = [2525, 2587, 2465, 5080, 5443, 5480];
        while (true)
        {
            var offset = Random.Shared.Next(10_000, 50_000);
            if (Array.TrueForAll(ports, port => IsFree(port + offset)))
                return offset;
        }
    }

    private static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
