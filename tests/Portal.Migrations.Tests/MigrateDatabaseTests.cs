using Npgsql;
using Portal.Databases;
using Portal.Migrations.Platform;
using Portal.Migrations.Vault;
using Portal.Testing;

namespace Portal.Migrations.Tests;

public sealed class MigrateDatabaseTests(PostgresCluster cluster)
{
    [Fact]
    public async Task Run_PlatformUpToDate_AppliesNothingAndListsAllAsApplied()
    {
        await using var database = await cluster.CreatePlatformAsync();
        var migrate = new MigrateDatabase(DatabaseLayout.Platform, () => PlatformContextFactory.Create(database.Owner));

        var report = await migrate.RunAsync(TestContext.Current.CancellationToken);

        Assert.Empty(report.Applied);
        Assert.Empty(report.Unknown);
        var list = await migrate.ListAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty(list);
        Assert.All(list, migration => Assert.True(migration.Applied));
    }

    [Fact]
    public async Task Run_DatabaseOfANewerVersion_IsRefusedUnchanged()
    {
        await using var database = await cluster.CreateVaultAsync();
        await database.ExecuteAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_FromTheFuture', '99.0'); REVOKE SELECT ON vaultboxes FROM encimap");

        var report = await new MigrateDatabase(DatabaseLayout.Vault, () => VaultContextFactory.Create(database.Owner)).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["29990101000000_FromTheFuture"], report.Unknown);
        Assert.False(await database.ScalarAsync<bool>("SELECT has_table_privilege('encimap', 'vaultboxes', 'SELECT')"));
    }

    [Fact]
    public async Task Run_GrantsChangedByHand_AreSetRight()
    {
        await using var database = await cluster.CreateVaultAsync();
        await database.ExecuteAsync("GRANT UPDATE ON email_processing_logs TO encimap; GRANT SELECT (pem_content) ON certificates TO encimap_auth; REVOKE SELECT ON vaultboxes FROM encimap");

        await new MigrateDatabase(DatabaseLayout.Vault, () => VaultContextFactory.Create(database.Owner)).RunAsync(TestContext.Current.CancellationToken);

        Assert.False(await database.ScalarAsync<bool>("SELECT has_table_privilege('encimap', 'email_processing_logs', 'UPDATE')"));
        Assert.False(await database.ScalarAsync<bool>("SELECT has_column_privilege('encimap_auth', 'certificates', 'pem_content', 'SELECT')"));
        Assert.True(await database.ScalarAsync<bool>("SELECT has_table_privilege('encimap', 'vaultboxes', 'SELECT')"));
    }

    [Fact]
    public async Task Run_PartitionMadeByTheServiceLater_TakesRowsThroughTheLogOnly()
    {
        await using var database = await cluster.CreateVaultAsync();
        await using var connection = new NpgsqlConnection(database.Service);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        Assert.True(await ScalarAsync(connection, "SELECT ensure_email_processing_log_partitions(20)") is > 0);
        var partition = await ScalarAsync(connection, "SELECT 'email_processing_logs_' || to_char((now() AT TIME ZONE 'UTC')::date + 20, 'YYYYMMDD')");

        await ScalarAsync(connection, "INSERT INTO email_processing_logs (id, occurred_at, passport_id, stage, outcome, instance) VALUES (gen_random_uuid(), now() + interval '20 days', gen_random_uuid(), 'stored', 'ok', 'test')");

        Assert.Equal(1L, await database.ScalarAsync<long>($"SELECT count(*) FROM {partition}"));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(connection, $"DELETE FROM {partition}"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
