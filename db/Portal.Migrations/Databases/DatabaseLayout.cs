namespace Portal.Databases;

/// <summary>
/// The names of one database and of the four roles that may connect to it. Compiled into the web project too, which may not
/// reference this one: the web process knows the names but never holds an owner's password.
/// </summary>
/// <param name="Owner">Owns every object; used by migrations only.</param>
/// <param name="Service">Reads and writes rows; owns nothing.</param>
/// <param name="Auth">Reads the columns that a sign-in needs.</param>
/// <param name="Readonly">Reads for reports and replicas.</param>
internal sealed record DatabaseLayout(string Database, string Owner, string Service, string Auth, string Readonly)
{
    public static readonly DatabaseLayout Platform =
        new("motorical_db", "motorical_owner", "motorical", "motorical_auth", "motorical_readonly");

    public static readonly DatabaseLayout Vault =
        new("motorical_encrypted_imap", "encimap_owner", "encimap", "encimap_auth", "encimap_readonly");

    public const string Superuser = "postgres";

    public const string SuperuserFile = "superuser.pgpass";

    public const string OwnersFile = "owners.pgpass";

    public const string ServicesFile = "services.pgpass";

    /// <summary>The roles whose passwords a running portal holds.</summary>
    public static IReadOnlyList<string> ServiceRoles { get; } =
        [Platform.Service, Platform.Auth, Platform.Readonly, Vault.Service, Vault.Auth, Vault.Readonly];

    /// <summary>The roles whose passwords only migrations hold.</summary>
    public static IReadOnlyList<string> OwnerRoles { get; } = [Platform.Owner, Vault.Owner];
}
