using System.Net;
using System.Net.Sockets;

namespace Portal.Web.EmbeddedPostgres;

/// <summary>Starts and stops the server process of a cluster. The server is a daemon of its own: it outlives a portal that is killed.</summary>
internal sealed class ClusterServer(ClusterSettings settings, ServerAccount account, PostgresBinaries binaries)
{
    /// <summary>For start and stop each.</summary>
    private const int PatienceSeconds = 60;

    public PostmasterFile? Running => PostmasterFile.FindRunning(settings.DataDirectory);

    /// <summary>Not to be cancelled: half a start leaves a server that nobody holds.</summary>
    public async Task StartAsync()
    {
        RefuseTakenPort();
        var options = string.Join(' ', settings.ServerSettings().Select(setting => $"-c {Quote($"{setting.Key}={setting.Value}")}"));
        var started = await PostgresTool.RunAsync(
            account,
            binaries.PgCtl,
            ["start", "-D", settings.DataDirectory, "-l", settings.StartLog, "-w", "-t", $"{PatienceSeconds}", "-s", "-o", options]);
        if (!started.Succeeded)
            throw new SetupRefusedException($"PostgreSQL did not start on port {settings.Port}. {LastWords()}");
    }

    /// <summary>Ends every session and stops; without a checkpoint if that takes too long, which costs a recovery at the next start and no data.</summary>
    public async Task StopAsync()
    {
        if (Running is null)
            return;
        var stopped = await StopAsync("fast");
        if (!stopped.Succeeded && Running is not null)
            await StopAsync("immediate");
    }

    private Task<ToolAnswer> StopAsync(string mode) => PostgresTool.RunAsync(
        account, binaries.PgCtl, ["stop", "-D", settings.DataDirectory, "-m", mode, "-w", "-t", $"{PatienceSeconds}", "-s"]);

    private void RefuseTakenPort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, settings.Port));
        }
        catch (SocketException taken)
        {
            throw new SetupRefusedException($"Port {settings.Port} (PostgreSQL) is taken by another program. Stop that, or start the portal with --port-offset N to move all its ports.", taken);
        }
    }

    private string LastWords()
    {
        try
        {
            return $"It said: {string.Join(" / ", File.ReadLines(settings.StartLog).TakeLast(4))} (whole log: {settings.LogDirectory})";
        }
        catch (IOException)
        {
            return "It left no log.";
        }
    }

    /// <summary>For the POSIX shell that pg_ctl starts the server with.</summary>
    private static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
