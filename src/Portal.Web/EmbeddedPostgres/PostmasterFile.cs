using System.Globalization;

namespace Portal.Web.EmbeddedPostgres;

/// <summary>What <c>postmaster.pid</c> in a data directory says about the server that runs on it (its first and fourth lines).</summary>
internal sealed record PostmasterFile(int ProcessId, int Port)
{
    /// <summary>The server that runs on the directory now; null when none does, also when the file was left behind by one that died.</summary>
    public static PostmasterFile? FindRunning(string dataDirectory)
    {
        try
        {
            var lines = File.ReadAllLines(Path.Combine(dataDirectory, "postmaster.pid"));
            if (lines.Length < 4
                || !int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
                || !int.TryParse(lines[3], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            {
                return null;
            }
            return RunsIn(processId, dataDirectory) ? new PostmasterFile(processId, port) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The process is a server started on this directory, so that a number used again by another program is not taken for it.</summary>
    private static bool RunsIn(int processId, string dataDirectory)
    {
        var commandLine = $"/proc/{processId}/cmdline";
        return File.Exists(commandLine) && File.ReadAllText(commandLine).Split('\0').Contains(dataDirectory, StringComparer.Ordinal);
    }
}
