using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
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

    [Fact]
    public async Task PortalForOwners_MailStoredBefore_LearnsFromItsReceiptWhatItWasSealedTo()
    {
        await using var database = await cluster.CreateVaultAsync();
        await using var context = VaultContextFactory.Create(database.Owner);
        var migrator = context.GetService<IMigrator>();
        await migrator.MigrateAsync("AliasRules", TestContext.Current.CancellationToken);
        var fingerprints = new[] { new string('a', 64), new string('0', 64) };
        var (box, mailbox) = (Guid.NewGuid(), Guid.NewGuid());
        await database.ExecuteAsync(
            $"INSERT INTO vaultboxes (id, user_id, domain, name, alias) VALUES ('{box}', '{box}', 'vault.test', 'x', 'x');" +
            $"INSERT INTO mailboxes (id, vaultbox_id, name, uid_validity) VALUES ('{mailbox}', '{box}', 'INBOX', 1)");
        // Payloads of every length modulo three, so with each padding; and characters that base64url writes in another way.
        foreach (var (uid, rest) in new[] { (1, "~~~"), (2, "~~~?"), (3, "~~~??") })
        {
            var payload = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(
                $$"""{"fingerprints":["{{fingerprints[0]}}","{{fingerprints[1]}}"],"vaultbox":"{{rest}}"}"""));
            await database.ExecuteAsync(
                "INSERT INTO encrypted_emails (id, vaultbox_id, mailbox_id, uid, mod_seq, message_id, recipient, body_encrypted, size, content_type, outer_headers, content_sha256, receipt, passport_id, received_at) " +
                $"VALUES (gen_random_uuid(), '{box}', '{mailbox}', {uid}, 1, '<x>', 'x@vault.test', '\x30', 1, 'x', 'x', sha256(''), 'e30.{payload}.c2ln', gen_random_uuid(), now())");
        }

        await migrator.MigrateAsync(cancellationToken: TestContext.Current.CancellationToken);

        var expected = $"ARRAY[decode('{fingerprints[1]}', 'hex'), decode('{fingerprints[0]}', 'hex')]";
        Assert.Equal(3L, await database.ScalarAsync<long>($"SELECT count(*) FROM encrypted_emails WHERE sealed_to = {expected}"));
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
