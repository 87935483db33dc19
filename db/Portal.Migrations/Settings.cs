using Npgsql;
using Portal.Databases;

namespace Portal.Migrations;

/// <summary>
/// What the console is told, by environment variables named like the portal's own settings; each may be given as a file instead,
/// with <c>File</c> after its name, for a connection string with a password in it.
/// </summary>
internal sealed class Settings(Func<string, string?> variable)
{
    public const string Superuser = "Portal__Provisioning__SuperuserConnectionString";
    public const string Secrets = "Portal__Provisioning__SecretsDirectory";
    public const string Dedicated = "Portal__Provisioning__DedicatedServer";
    public const string PlatformOwner = "Portal__Platform__OwnerConnectionString";
    public const string VaultOwner = "Portal__Vault__OwnerConnectionString";
    public const string Platform = "Portal__Platform__ConnectionString";
    public const string Vault = "Portal__Vault__ConnectionString";

    public bool IsDedicated => string.Equals(variable(Dedicated), "true", StringComparison.OrdinalIgnoreCase);

    public string? Find(string name)
    {
        var file = variable(name + "File");
        return string.IsNullOrEmpty(file) ? variable(name) : File.ReadAllText(file).Trim();
    }

    /// <exception cref="MissingSettingException">Neither the variable nor its file is given.</exception>
    public string Require(string name) => Find(name) is { Length: > 0 } value ? value : throw new MissingSettingException(name);

    /// <summary>The passwords of owners and of services, made where they are missing.</summary>
    public IReadOnlyList<PasswordFile> PasswordFiles()
    {
        var directory = Require(Secrets);
        PrivateFile.CreateDirectory(directory);
        return
        [
            PasswordFile.LoadOrCreate(Path.Combine(directory, DatabaseLayout.OwnersFile), DatabaseLayout.OwnerRoles),
            PasswordFile.LoadOrCreate(Path.Combine(directory, DatabaseLayout.ServicesFile), DatabaseLayout.ServiceRoles),
        ];
    }

    /// <summary>The setting's server and database, as another role whose password is in the secrets directory.</summary>
    public Func<string, string> AsRole(string name)
    {
        var address = Require(name);
        var secrets = Require(Secrets);
        return role => new NpgsqlConnectionStringBuilder(address)
        {
            Username = role,
            Password = null,
            Passfile = Path.Combine(secrets, DatabaseLayout.OwnerRoles.Contains(role, StringComparer.Ordinal) ? DatabaseLayout.OwnersFile : DatabaseLayout.ServicesFile),
            ApplicationName = "portal-isolation-check",
        }.ConnectionString;
    }
}

internal sealed class MissingSettingException(string name)
    : Exception($"{name} (or {name}File) is not set.");
