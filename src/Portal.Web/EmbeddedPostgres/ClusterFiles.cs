using System.Globalization;

namespace Portal.Web.EmbeddedPostgres;

/// <summary>Makes a cluster's directories and its data directory, and refuses those that this machine cannot run.</summary>
internal sealed class ClusterFiles(ClusterSettings settings, ServerAccount account)
{
    /// <summary>
    /// Reads the password from standard input into a file of the server's account, for initdb reads it from a file only. The data
    /// directory gets its name when it is complete, so that one that was cut short is never taken for a cluster.
    /// </summary>
    private const string InitScript =
        """
        umask 077
        password="$1/initdb.password" fresh="$1/data.new" data="$1/data"; shift
        rm -rf "$fresh" && cat >"$password" && "$@" --pwfile="$password"
        status=$?
        rm -f "$password"
        [ $status -eq 0 ] && mv "$fresh" "$data"
        """;

    /// <summary>The binaries that fit the data directory; a new one is made with the newest.</summary>
    public async Task<PostgresBinaries> PrepareAsync(CancellationToken cancellation)
    {
        RefuseUnquotable();
        var installed = await PostgresBinaries.FindAsync(cancellation);
        if (installed.Count == 0)
        {
            throw new SetupRefusedException(
                $"PostgreSQL {PostgresBinaries.OldestMajor} to {PostgresBinaries.NewestMajor} is not installed. Install it (Debian, Ubuntu: apt-get install postgresql), " +
                "or set Portal:Platform:ConnectionString and Portal:Vault:ConnectionString to use servers of your own.");
        }
        await MakeDirectoriesAsync(cancellation);
        var major = ReadMajor();
        if (major is null)
        {
            await InitialiseAsync(installed[0], cancellation);
            return installed[0];
        }
        return installed.FirstOrDefault(binaries => binaries.Major == major) ?? throw WrongMajor(major.Value, installed);
    }

    /// <summary>pg_ctl hands the path to a shell inside double quotes.</summary>
    private void RefuseUnquotable()
    {
        if (settings.Directory.AsSpan().IndexOfAny("\"$`\\\n") >= 0)
            throw new SetupRefusedException($"The data directory {settings.Directory} has a quote, $, ` or \\ in its name, which PostgreSQL's tools cannot take. Choose another with --data.");
    }

    private async Task MakeDirectoriesAsync(CancellationToken cancellation)
    {
        if (account.Name is not null)
            await RefuseUnreachableAsync(account.Name, cancellation);
        IEnumerable<string> owner = account.Name is null ? [] : [$"--owner={account.Name}", $"--group={account.Name}"];
        var made = await PostgresTool.RunAsync(
            ServerAccount.Own, "install", ["-d", .. owner, "--mode=0700", settings.Directory], cancellation: cancellation);
        if (!made.Succeeded)
            throw new SetupRefusedException($"The database directory {settings.Directory} could not be made: {made.Output.Trim()}");
        var inside = await PostgresTool.RunAsync(
            account, "mkdir", ["-p", "-m", "0700", settings.SocketDirectory, settings.LogDirectory], cancellation: cancellation);
        if (!inside.Succeeded)
            throw new SetupRefusedException($"The database directory {settings.Directory} cannot be written: {inside.Output.Trim()}");
    }

    private async Task RefuseUnreachableAsync(string name, CancellationToken cancellation)
    {
        for (var parent = Path.GetDirectoryName(settings.Directory); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            var reached = await PostgresTool.RunAsync(account, "test", ["-x", parent], cancellation: cancellation);
            var above = Path.GetDirectoryName(parent);
            if (reached.Succeeded)
                return;
            if (above is not null && !(await PostgresTool.RunAsync(account, "test", ["-x", above], cancellation: cancellation)).Succeeded)
                continue;
            throw new SetupRefusedException(
                $"The account {name}, which runs PostgreSQL, may not enter {parent}. Choose another directory with --data (the default is /var/lib/vaultbox-portal) or open it: chmod o+x {parent}");
        }
    }

    private int? ReadMajor()
    {
        var file = Path.Combine(settings.DataDirectory, "PG_VERSION");
        if (!File.Exists(file))
            return null;
        return int.TryParse(File.ReadAllText(file).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            ? major
            : throw new SetupRefusedException($"{settings.DataDirectory} holds no PostgreSQL cluster that this portal can read (PG_VERSION is damaged).");
    }

    private SetupRefusedException WrongMajor(int major, IReadOnlyList<PostgresBinaries> installed)
    {
        var here = string.Join(", ", installed.Select(binaries => binaries.Major));
        var way = major > installed[0].Major
            ? $"It was made by a newer PostgreSQL, and data never goes back: install PostgreSQL {major}."
            : $"Install PostgreSQL {major} beside the new one; to move the data, use pg_upgrade or dump and restore (docs/guides/operate.md).";
        return new SetupRefusedException($"The database in {settings.DataDirectory} is of PostgreSQL {major}; this machine has {here}. {way} Nothing was changed.");
    }

    private async Task InitialiseAsync(PostgresBinaries binaries, CancellationToken cancellation)
    {
        var made = await PostgresTool.RunAsync(
            account,
            "sh",
            ["-c", InitScript, "sh", settings.Directory, binaries.InitDb, .. settings.InitDbArguments($"{settings.DataDirectory}.new")],
            settings.SuperuserPassword + "\n",
            cancellation);
        if (made.Succeeded)
            return;
        throw new SetupRefusedException(made.Says("No space left on device")
            ? $"There is no space left for the database in {settings.Directory}. A new one takes about 60 MB; free some space, or choose another directory with --data."
            : $"The database could not be made in {settings.Directory}: {made.Output.Trim()}");
    }
}
