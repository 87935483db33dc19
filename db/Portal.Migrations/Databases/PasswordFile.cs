using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Databases;

/// <summary>
/// Generated role passwords in PostgreSQL's own password file format (<c>*:*:*:role:password</c>, mode 0600), so that Npgsql
/// (<c>Passfile=</c>), psql and pg_dump (<c>PGPASSFILE</c>) read them and no command line or environment carries one.
/// </summary>
internal sealed class PasswordFile
{
    private const string AnyServer = "*:*:*:";
    private readonly Dictionary<string, string> _passwords;

    private PasswordFile(string path, Dictionary<string, string> passwords)
    {
        Location = path;
        _passwords = passwords;
    }

    public string Location { get; }

    public IReadOnlyCollection<string> Roles => _passwords.Keys;

    public string this[string role] => _passwords[role];

    /// <summary>Reads the file and adds a password of 256 bits for each role that it lacks.</summary>
    public static PasswordFile LoadOrCreate(string path, IReadOnlyList<string> roles)
    {
        var passwords = File.Exists(path) ? Parse(File.ReadAllLines(path)) : new Dictionary<string, string>(StringComparer.Ordinal);
        var missing = roles.Where(role => !passwords.ContainsKey(role)).ToList();
        foreach (var role in missing)
            passwords[role] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        if (missing.Count > 0)
            PrivateFile.Replace(path, Encoding.ASCII.GetBytes(Format(passwords)));
        return new PasswordFile(path, passwords);
    }

    private static Dictionary<string, string> Parse(string[] lines)
    {
        var passwords = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines.Where(line => line.StartsWith(AnyServer, StringComparison.Ordinal)))
        {
            var fields = line[AnyServer.Length..].Split(':', 2);
            if (fields.Length == 2)
                passwords[fields[0]] = fields[1];
        }
        return passwords;
    }

    private static string Format(Dictionary<string, string> passwords) =>
        string.Concat(passwords.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{AnyServer}{entry.Key}:{entry.Value}\n"));
}
