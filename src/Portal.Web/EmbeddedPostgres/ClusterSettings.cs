namespace Portal.Web.EmbeddedPostgres;

internal enum ClusterDurability
{
    /// <summary>Every commit is on disk before it is answered.</summary>
    Full,

    /// <summary>For tests that throw the cluster away: nothing is forced to disk.</summary>
    Disposable,
}

/// <param name="Directory">Absolute. Holds <c>data</c> (PGDATA), <c>socket</c> and <c>log</c>; owned by the server's account, mode 0700.</param>
/// <param name="Port">TCP port on 127.0.0.1.</param>
/// <param name="SuperuserPassword">Set when the cluster is made; must be the same ever after.</param>
internal sealed record ClusterSettings(string Directory, int Port, string SuperuserPassword, ClusterDurability Durability = ClusterDurability.Full)
{
    /// <summary>sockaddr_un holds 108 bytes, and <c>/.s.PGSQL.65535</c> with its end takes 16 of them.</summary>
    private const int LongestSocketDirectory = 91;

    public string DataDirectory => Path.Combine(Directory, "data");

    public string SocketDirectory => Path.Combine(Directory, "socket");

    public string LogDirectory => Path.Combine(Directory, "log");

    /// <summary>What the server says before it opens its own log: why it did not start.</summary>
    public string StartLog => Path.Combine(LogDirectory, "start.log");

    public IEnumerable<string> InitDbArguments(string newDataDirectory)
    {
        yield return $"--pgdata={newDataDirectory}";
        yield return "--username=postgres";
        yield return "--auth=scram-sha-256";
        yield return "--encoding=UTF8";
        yield return "--locale=C.UTF-8";
        yield return "--data-checksums";
        if (Durability == ClusterDurability.Disposable)
            yield return "--no-sync";
    }

    /// <summary>Server settings given at each start, so that they hold whatever postgresql.conf says. No secret is among them.</summary>
    public IEnumerable<KeyValuePair<string, string>> ServerSettings()
    {
        yield return new("port", $"{Port}");
        yield return new("listen_addresses", "127.0.0.1");
        yield return new("unix_socket_directories", SocketDirectory.Length <= LongestSocketDirectory ? SocketDirectory : "");
        yield return new("unix_socket_permissions", "0700");
        yield return new("cluster_name", "vaultbox-portal");
        yield return new("timezone", "UTC");
        yield return new("log_timezone", "UTC");
        yield return new("password_encryption", "scram-sha-256");
        var durable = Durability == ClusterDurability.Full ? "on" : "off";
        yield return new("fsync", durable);
        yield return new("full_page_writes", durable);
        yield return new("synchronous_commit", "on");
        foreach (var setting in SilentLog())
            yield return setting;
    }

    /// <summary>The log names errors, never the statement, its parameters or the row that failed: those may hold addresses.</summary>
    private IEnumerable<KeyValuePair<string, string>> SilentLog()
    {
        yield return new("log_statement", "none");
        yield return new("log_min_duration_statement", "-1");
        yield return new("log_min_error_statement", "panic");
        yield return new("log_error_verbosity", "terse");
        yield return new("log_parameter_max_length", "0");
        yield return new("log_parameter_max_length_on_error", "0");
        // One file for each weekday, written over a week later.
        yield return new("logging_collector", "on");
        yield return new("log_directory", LogDirectory);
        yield return new("log_filename", "postgresql-%a.log");
        yield return new("log_rotation_age", "1d");
        yield return new("log_truncate_on_rotation", "on");
    }
}
