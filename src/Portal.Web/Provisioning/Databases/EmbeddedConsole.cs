using Portal.Databases;
using Portal.Web.EmbeddedPostgres;

namespace Portal.Web.Provisioning.Databases;

/// <summary>The migrations console, told where the embedded cluster and its password files are.</summary>
internal sealed class EmbeddedConsole(MigrationsProcess migrations, DataDirectory data, int port)
{
    /// <summary>Roles and databases first, then both schemas at once.</summary>
    /// <exception cref="SetupRefusedException">A step failed; its own words are the message.</exception>
    public async Task EnsureAsync(TextWriter progress, CancellationToken cancellation)
    {
        await RequireAsync(["provision"], TextWriter.Null, cancellation);
        await Task.WhenAll(
            RequireAsync(["platform"], progress, cancellation),
            RequireAsync(["vault"], progress, cancellation));
    }

    /// <summary>Runs one verb and prints what it says.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> verb, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var (exitCode, words) = await migrations.RunAsync(verb, Settings(), output, cancellation);
        if (words.Length > 0)
            await error.WriteLineAsync(words);
        return exitCode;
    }

    private async Task RequireAsync(IReadOnlyList<string> verb, TextWriter output, CancellationToken cancellation)
    {
        var (exitCode, words) = await migrations.RunAsync(verb, Settings(), output, cancellation);
        if (exitCode != 0)
            throw new SetupRefusedException($"The databases could not be brought up ({string.Join(' ', verb)}): {words}");
    }

    /// <summary>The names are those that the console reads; none of the values is a secret.</summary>
    private Dictionary<string, string> Settings()
    {
        var superuser = Path.Combine(data.Secrets, DatabaseLayout.SuperuserFile);
        var owners = Path.Combine(data.Secrets, DatabaseLayout.OwnersFile);
        var services = Path.Combine(data.Secrets, DatabaseLayout.ServicesFile);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Portal__Provisioning__SecretsDirectory"] = data.Secrets,
            ["Portal__Provisioning__DedicatedServer"] = "true",
            ["Portal__Provisioning__SuperuserConnectionString"] = DatabaseLogins.ConnectionString("postgres", DatabaseLayout.Superuser, port, superuser),
            ["Portal__Platform__OwnerConnectionString"] = DatabaseLogins.ConnectionString(DatabaseLayout.Platform.Database, DatabaseLayout.Platform.Owner, port, owners),
            ["Portal__Vault__OwnerConnectionString"] = DatabaseLogins.ConnectionString(DatabaseLayout.Vault.Database, DatabaseLayout.Vault.Owner, port, owners),
            ["Portal__Platform__ConnectionString"] = DatabaseLogins.ConnectionString(DatabaseLayout.Platform.Database, DatabaseLayout.Platform.Service, port, services),
            ["Portal__Vault__ConnectionString"] = DatabaseLogins.ConnectionString(DatabaseLayout.Vault.Database, DatabaseLayout.Vault.Service, port, services),
        };
    }
}
