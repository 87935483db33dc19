using System.Globalization;
using Portal.Databases;
using Portal.Web.EmbeddedPostgres;

namespace Portal.Web.Provisioning.Databases;

/// <summary>
/// Where one installation keeps what is its own: <c>keys</c> (installation keys), <c>secrets</c> (role passwords), <c>postgres</c>
/// (the embedded cluster) and <c>run</c> (what holds while it runs).
/// </summary>
internal sealed class DataDirectory
{
    private DataDirectory(string location) => Location = location;

    /// <summary>/var/lib/vaultbox-portal for root, otherwise $XDG_DATA_HOME/vaultbox-portal (by default ~/.local/share).</summary>
    public static string DefaultLocation => Environment.IsPrivilegedProcess
        ? "/var/lib/vaultbox-portal"
        : Path.Combine(
            Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } data
                ? data
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share"),
            "vaultbox-portal");

    public string Location { get; }

    public string Keys => Path.Combine(Location, "keys");

    public string Secrets => Path.Combine(Location, "secrets");

    public string Postgres => Path.Combine(Location, "postgres");

    private string Run => Path.Combine(Location, "run");

    private string LockFile => Path.Combine(Run, "lock");

    private string PostgresPortFile => Path.Combine(Run, "postgres-port");

    /// <summary>Makes the directory and those in it. A directory that is there keeps its mode; the private ones in it are closed to others.</summary>
    /// <exception cref="SetupRefusedException">It cannot be made or written.</exception>
    public static DataDirectory Open(string? location)
    {
        var directory = new DataDirectory(Path.GetFullPath(location ?? DefaultLocation));
        try
        {
            // Run by root, the database's own account must pass through to its part of it.
            var mode = PrivateFile.OwnerOnlyDirectory | (Environment.IsPrivilegedProcess ? UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : UnixFileMode.None);
            if (!Directory.Exists(directory.Location))
                Directory.CreateDirectory(directory.Location, mode);
            PrivateFile.CreateDirectory(directory.Keys);
            PrivateFile.CreateDirectory(directory.Secrets);
            PrivateFile.CreateDirectory(directory.Run);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new SetupRefusedException($"The data directory {directory.Location} cannot be written by {Environment.UserName}. Choose another with --data DIR, or give it to that user.", denied);
        }
        catch (IOException failed)
        {
            throw new SetupRefusedException($"The data directory {directory.Location} cannot be used: {failed.Message}", failed);
        }
        return directory;
    }

    /// <summary>Keeps every other portal off this directory until disposed; a process that is killed lets go of it too.</summary>
    /// <exception cref="SetupRefusedException">Another portal runs on it.</exception>
    public IDisposable Lock()
    {
        FileStream held;
        try
        {
            held = new FileStream(LockFile, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = PrivateFile.OwnerOnly,
            });
        }
        catch (IOException taken)
        {
            throw new SetupRefusedException(
                $"Another portal already runs on {Location}. Stop it first, or start this one with --data DIR and --port-offset N of its own.", taken);
        }
        return held;
    }

    public bool IsInUse
    {
        get
        {
            try
            {
                Lock().Dispose();
                return false;
            }
            catch (SetupRefusedException)
            {
                return true;
            }
        }
    }

    public void NotePostgresPort(int port) =>
        PrivateFile.Replace(PostgresPortFile, System.Text.Encoding.ASCII.GetBytes(port.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Port of the embedded server that was last started here; null when there never was one.</summary>
    public int? ReadPostgresPort() =>
        File.Exists(PostgresPortFile) && int.TryParse(File.ReadAllText(PostgresPortFile), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;
}
