using Npgsql;
using Portal.Databases;

namespace Portal.Migrations;

/// <summary>
/// Makes the eight roles and the two databases on a server, as its superuser. Running it again changes nothing but a password
/// that no longer fits its file.
/// </summary>
/// <param name="superuser">Connection string of the superuser, to any database of the server.</param>
internal sealed class ProvisionServer(string superuser)
{
    /// <param name="passwords">The files that hold every role's password.</param>
    /// <param name="dedicated">The server is the portal's alone: the databases it came with are closed too.</param>
    public async Task RunAsync(IReadOnlyList<PasswordFile> passwords, bool dedicated, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(null, cancellation);
        // Two at once would meet in the same catalogue rows; the session's end lets go.
        await ExecuteAsync(connection, "SELECT pg_advisory_lock(hashtext('portal-provisioning'))", cancellation);
        await ExecuteAsync(connection, SqlScript.Read("roles/roles.sql"), cancellation);
        foreach (var file in passwords)
        {
            foreach (var role in file.Roles)
                await ExecuteAsync(connection, $"ALTER ROLE \"{role}\" PASSWORD '{ScramVerifier.Create(file[role])}'", cancellation);
        }
        if (dedicated)
            await ExecuteAsync(connection, SqlScript.Read("roles/dedicated-server.sql"), cancellation);
        await EnsureDatabaseAsync(connection, DatabaseLayout.Platform, cancellation);
        await EnsureDatabaseAsync(connection, DatabaseLayout.Vault, cancellation);
    }

    private async Task EnsureDatabaseAsync(NpgsqlConnection connection, DatabaseLayout layout, CancellationToken cancellation)
    {
        await using var find = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection) { Parameters = { new() { Value = layout.Database } } };
        if (await find.ExecuteScalarAsync(cancellation) is null)
        {
            // template0: what an administrator put into template1 does not belong in here.
            await ExecuteAsync(
                connection, $"CREATE DATABASE \"{layout.Database}\" OWNER \"{layout.Owner}\" TEMPLATE template0 ENCODING 'UTF8'", cancellation);
        }
        await CloseDatabaseAsync(layout, layout.Database, cancellation);
    }

    /// <summary>Who may connect to the database and make objects in it. A copy made from a template needs it again: grants on a database are not copied.</summary>
    public async Task CloseDatabaseAsync(DatabaseLayout layout, string database, CancellationToken cancellation)
    {
        var script = layout == DatabaseLayout.Platform ? "roles/platform-database.sql" : "roles/vault-database.sql";
        await using var connection = await OpenAsync(database, cancellation);
        await ExecuteAsync(connection, SqlScript.Read(script), cancellation);
    }

    private async Task<NpgsqlConnection> OpenAsync(string? database, CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(superuser) { Pooling = false, ApplicationName = "portal-provisioning" };
        if (database is not null)
            settings.Database = database;
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellation);
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
