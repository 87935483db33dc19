namespace Portal.Web.EmbeddedPostgres;

/// <summary>
/// The account that owns the database files and runs the server. PostgreSQL refuses to run as root, so a portal started by root
/// runs it as <c>postgres</c>, the account that every distribution's package makes.
/// </summary>
/// <param name="Name">Null: the account of this process.</param>
internal sealed record ServerAccount(string? Name)
{
    public static readonly ServerAccount Own = new((string?)null);

    public static ServerAccount ForThisProcess()
    {
        if (!Environment.IsPrivilegedProcess)
            return Own;
        if (!File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)))
        {
            throw new SetupRefusedException(
                "PostgreSQL does not run as root and this machine has no account named postgres. " +
                "Make one (useradd --system postgres) or start the portal as another user.");
        }
        return new ServerAccount("postgres");
    }

    /// <summary>The command line that runs a program as this account, without a shell and without new privileges.</summary>
    public IReadOnlyList<string> Wrap(string program, IEnumerable<string> arguments) => Name is null
        ? [program, .. arguments]
        : ["setpriv", $"--reuid={Name}", $"--regid={Name}", "--init-groups", "--inh-caps=-all", "--no-new-privs", "--", program, .. arguments];
}
