namespace Portal.Migrations;

/// <summary>The SQL files of db/roles and db/checks, built into this assembly so that they always fit its migrations.</summary>
internal static class SqlScript
{
    /// <param name="name">As <c>roles/vault-grants.sql</c>.</param>
    public static string Read(string name)
    {
        using var stream = typeof(SqlScript).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The script {name} is not built in.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
