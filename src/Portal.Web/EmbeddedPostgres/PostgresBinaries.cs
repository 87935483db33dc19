using System.Globalization;
using System.Text.RegularExpressions;

namespace Portal.Web.EmbeddedPostgres;

/// <summary>An installed PostgreSQL server: the directory that holds initdb, pg_ctl and postgres, and its major version.</summary>
internal sealed partial record PostgresBinaries(string Directory, int Major)
{
    public const int OldestMajor = 15;
    public const int NewestMajor = 18;

    public string InitDb => Path.Combine(Directory, "initdb");

    public string PgCtl => Path.Combine(Directory, "pg_ctl");

    /// <summary>Every supported server on this machine, newest first: Debian's versioned directories, then PATH.</summary>
    public static async Task<IReadOnlyList<PostgresBinaries>> FindAsync(CancellationToken cancellation)
    {
        var found = new List<PostgresBinaries>();
        foreach (var directory in CandidateDirectories())
        {
            if (!File.Exists(Path.Combine(directory, "initdb")) || !File.Exists(Path.Combine(directory, "pg_ctl")))
                continue;
            var answer = await PostgresTool.RunAsync(ServerAccount.Own, Path.Combine(directory, "pg_ctl"), ["--version"], cancellation: cancellation);
            var version = MajorVersion().Match(answer.Output);
            if (version.Success && found.TrueForAll(other => other.Major != Number(version)))
                found.Add(new PostgresBinaries(directory, Number(version)));
        }
        return [.. found.Where(binaries => binaries.Major is >= OldestMajor and <= NewestMajor).OrderByDescending(binaries => binaries.Major)];
    }

    private static int Number(Match version) => int.Parse(version.Groups["major"].Value, CultureInfo.InvariantCulture);

    private static IEnumerable<string> CandidateDirectories()
    {
        const string debian = "/usr/lib/postgresql";
        var versioned = System.IO.Directory.Exists(debian)
            ? System.IO.Directory.GetDirectories(debian).Select(directory => Path.Combine(directory, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return versioned.Concat(path);
    }

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d{1,3})", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex MajorVersion();
}
