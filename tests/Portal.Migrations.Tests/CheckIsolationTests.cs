using Portal.Testing;

namespace Portal.Migrations.Tests;

public sealed class CheckIsolationTests(PostgresCluster cluster)
{
    [Fact]
    public async Task Run_AsProvisioned_RefusesEveryAttempt()
    {
        var (failures, report) = await RunAsync(null, null);

        Assert.True(failures == 0, report);
        var lines = report.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length > 80, $"only {lines.Length} attempts were made");
        Assert.Contains(lines, line => line.StartsWith("ok", StringComparison.Ordinal) && line.Contains("connect to motorical_db", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GRANT UPDATE ON email_processing_logs TO encimap", "change the processing log")]
    [InlineData("GRANT DELETE ON email_processing_logs_default TO encimap; GRANT UPDATE ON email_processing_logs_default TO encimap", "change a partition")]
    [InlineData("ALTER TABLE vaultboxes OWNER TO encimap; GRANT CREATE ON SCHEMA public TO encimap", "alter a table")]
    [InlineData("GRANT CREATE ON SCHEMA public TO PUBLIC", "create a table")]
    [InlineData("GRANT SELECT ON certificates TO encimap_auth", "read keys")]
    [InlineData("REVOKE SELECT ON imap_app_credentials FROM encimap_auth", "read credentials for IMAP")]
    [InlineData("GRANT SELECT ON imap_app_credentials TO encimap_readonly", "read former password hashes")]
    [InlineData("REVOKE EXECUTE ON FUNCTION note_device_uses(jsonb) FROM encimap_auth", "note the use of a device")]
    [InlineData("ALTER FUNCTION note_device_uses(jsonb) SECURITY INVOKER", "note the use of a device")]
    [InlineData("GRANT UPDATE (revoked_at) ON devices TO encimap_auth", "change a device")]
    [InlineData("GRANT SELECT ON devices TO encimap_auth", "read what a device is called")]
    [InlineData("DROP TABLE deliveries; ALTER TABLE encrypted_emails RENAME TO mail", "drop a table")]
    public async Task Run_WeakenedVault_IsFound(string weaken, string act)
    {
        await using var vault = await cluster.CreateVaultAsync();
        await vault.ExecuteAsync(weaken);

        var (failures, report) = await RunAsync(null, vault.Name);

        Assert.True(failures > 0, report);
        Assert.Contains(report.Split('\n'), line => line.StartsWith("WRONG", StringComparison.Ordinal) && line.Contains(act, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_DatabaseOpenToEveryone_IsFound()
    {
        await using var platform = await cluster.CreatePlatformAsync();
        await platform.ExecuteAsync($"GRANT CONNECT ON DATABASE {platform.Name} TO PUBLIC");

        var (failures, report) = await RunAsync(platform.Name, null);

        // encimap_owner, encimap, encimap_auth and encimap_readonly get in.
        Assert.True(failures == 4, report);
    }

    [Fact]
    public async Task Run_AttemptThatSucceeds_ChangesNothing()
    {
        await using var vault = await cluster.CreateVaultAsync();
        await vault.ExecuteAsync("ALTER TABLE encrypted_emails OWNER TO encimap");

        var (failures, _) = await RunAsync(null, vault.Name);

        Assert.True(failures > 0);
        Assert.True(await vault.ScalarAsync<bool>("SELECT to_regclass('encrypted_emails') IS NOT NULL"));
    }

    private async Task<(int Failures, string Report)> RunAsync(string? platform, string? vault)
    {
        await using var report = new StringWriter { NewLine = "\n" };
        var check = new CheckIsolation(
            role => cluster.ConnectionStringAs(role, platform ?? "motorical_db"),
            role => cluster.ConnectionStringAs(role, vault ?? "motorical_encrypted_imap"),
            report);
        return (await check.RunAsync(owners: true, TestContext.Current.CancellationToken), report.ToString());
    }
}
