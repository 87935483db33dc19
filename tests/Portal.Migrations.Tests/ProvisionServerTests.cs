using Npgsql;
using Portal.Databases;
using Portal.Testing;

namespace Portal.Migrations.Tests;

public sealed class ProvisionServerTests(PostgresCluster cluster)
{
    public static TheoryData<string, string> OwnDatabases => new()
    {
        { "motorical_owner", "motorical_db" },
        { "motorical", "motorical_db" },
        { "motorical_auth", "motorical_db" },
        { "motorical_readonly", "motorical_db" },
        { "encimap_owner", "motorical_encrypted_imap" },
        { "encimap", "motorical_encrypted_imap" },
        { "encimap_auth", "motorical_encrypted_imap" },
        { "encimap_readonly", "motorical_encrypted_imap" },
    };

    [Theory]
    [MemberData(nameof(OwnDatabases))]
    public async Task Run_EachRole_ReachesItsDatabaseAndNoOther(string role, string database)
    {
        string[] all = ["motorical_db", "motorical_encrypted_imap", "postgres", "template1"];
        foreach (var other in all.Where(other => !string.Equals(other, database, StringComparison.Ordinal)))
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(cluster.ConnectionStringAs(role, other), "SELECT 1"));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
        Assert.Equal(role, await ScalarAsync(cluster.ConnectionStringAs(role, database), "SELECT current_user::text"));
        Assert.Equal("on", await ScalarAsync(cluster.ConnectionStringAs(role, database), "SHOW synchronous_commit"));
    }

    [Fact]
    public async Task Run_Twice_KeepsPasswordsAndOwnsNothingNew()
    {
        const string owned = "SELECT count(*) FROM pg_shdepend WHERE deptype = 'o' AND refobjid IN (SELECT oid FROM pg_roles WHERE rolname IN ('motorical','motorical_auth','motorical_readonly','encimap','encimap_auth','encimap_readonly'))";
        Assert.Equal(0L, await ScalarAsync(cluster.SuperuserConnectionString(), owned));

        await new ProvisionServer(cluster.SuperuserConnectionString()).RunAsync(PasswordFiles(), dedicated: true, TestContext.Current.CancellationToken);

        Assert.Equal(0L, await ScalarAsync(cluster.SuperuserConnectionString(), owned));
        Assert.Equal("encimap", await ScalarAsync(cluster.ConnectionStringAs("encimap", "motorical_encrypted_imap"), "SELECT current_user::text"));
    }

    [Fact]
    public async Task Run_RolesGivenRightsByHand_TakesThemBack()
    {
        await ScalarAsync(cluster.SuperuserConnectionString(), "ALTER ROLE motorical_readonly CREATEDB CREATEROLE");

        await new ProvisionServer(cluster.SuperuserConnectionString()).RunAsync(PasswordFiles(), dedicated: true, TestContext.Current.CancellationToken);

        Assert.Equal(0L, await ScalarAsync(
            cluster.SuperuserConnectionString(),
            "SELECT count(*) FROM pg_roles WHERE (rolname LIKE 'motorical%' OR rolname LIKE 'encimap%') AND (rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls)"));
    }

    [Fact]
    public async Task Run_StoredPasswords_AreScramVerifiers()
    {
        Assert.Equal(8L, await ScalarAsync(
            cluster.SuperuserConnectionString(),
            "SELECT count(*) FROM pg_authid WHERE (rolname LIKE 'motorical%' OR rolname LIKE 'encimap%') AND rolpassword LIKE 'SCRAM-SHA-256$4096:%'"));
    }

    private IReadOnlyList<PasswordFile> PasswordFiles() =>
    [
        PasswordFile.LoadOrCreate(Path.Combine(cluster.SecretsDirectory, DatabaseLayout.OwnersFile), DatabaseLayout.OwnerRoles),
        PasswordFile.LoadOrCreate(Path.Combine(cluster.SecretsDirectory, DatabaseLayout.ServicesFile), DatabaseLayout.ServiceRoles),
    ];

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
