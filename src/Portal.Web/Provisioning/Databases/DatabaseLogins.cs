using Npgsql;
using Portal.Databases;

namespace Portal.Web.Provisioning.Databases;

/// <summary>
/// Connection strings to one database, one for each role that a running portal may be. Pool sizes and application names are
/// added by whoever opens the pool. They hold no password: they name the file that does.
/// </summary>
internal sealed record DatabaseLogins(string Service, string Auth, string Readonly)
{
    public static DatabaseLogins Embedded(DatabaseLayout layout, DataDirectory data, int port)
    {
        var secrets = Path.Combine(data.Secrets, DatabaseLayout.ServicesFile);
        return new DatabaseLogins(
            ConnectionString(layout.Database, layout.Service, port, secrets),
            ConnectionString(layout.Database, layout.Auth, port, secrets),
            ConnectionString(layout.Database, layout.Readonly, port, secrets));
    }

    public static string ConnectionString(string database, string role, int port, string passwordFile) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Database = database,
        Username = role,
        Passfile = passwordFile,
        // On the loopback; external servers are configured with a connection string of their own, where TLS is verified.
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;
}
