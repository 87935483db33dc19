using System.Net;
using Npgsql;
using Portal.Vault.ProcessingLog;

namespace Portal.Vault.Tests.ProcessingLog;

public sealed class ProcessingLogTests(VaultFixture vault) : IClassFixture<VaultFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_DatabaseAway_WaitsAndIsWrittenWhenItIsBack()
    {
        var passport = Guid.CreateVersion7();
        await vault.Database.GoDownAsync();
        using var writer = vault.Create<ProcessingLogWriter>();
        writer.Write(Entry(passport));
        await using (await VaultFixture.StartAsync(writer))
        {
            await vault.Database.GoUpAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (await vault.CountAsync($"SELECT count(*) FROM email_processing_logs WHERE passport_id = '{passport}'") == 0)
            {
                patience.Token.ThrowIfCancellationRequested();
                vault.Time.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }
        }

        Assert.Equal(1, await vault.CountAsync($"SELECT count(*) FROM email_processing_logs WHERE passport_id = '{passport}'"));
    }

    [Fact]
    public async Task List_NoAdmin_SeesOwnRowsOnly()
    {
        var passport = Guid.CreateVersion7();
        await WriteAsync(Entry(passport, vault.Owner.UserId));

        var own = await vault.Get<ListProcessingLog>().HandleAsync(new(vault.Owner, Text: passport.ToString()), Cancel);
        var others = await vault.Get<ListProcessingLog>().HandleAsync(new(vault.Stranger, Text: passport.ToString()), Cancel);

        Assert.Equal((1, 0), (own.Value!.Items.Count, others.Value!.Items.Count));
    }

    [Theory]
    [InlineData("UPDATE email_processing_logs SET reason = 'x'")]
    [InlineData("DELETE FROM email_processing_logs")]
    [InlineData("TRUNCATE email_processing_logs")]
    [InlineData("UPDATE email_processing_logs_default SET reason = 'x'")]
    [InlineData("DELETE FROM email_processing_logs_default")]
    public async Task Table_ServiceRole_CannotRewriteIt(string sql)
    {
        await using var source = NpgsqlDataSource.Create(vault.Database.Service);
        await using var command = source.CreateCommand(sql);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancel));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Table_TodaysPartition_CannotBeRewrittenByTheServiceRole()
    {
        var partition = await vault.Database.ScalarAsync<string>(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'email_processing_logs'::regclass ORDER BY 1 LIMIT 1");
        await using var source = NpgsqlDataSource.Create(vault.Database.Service);
        await using var command = source.CreateCommand($"DELETE FROM {partition}");

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancel));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private async Task WriteAsync(ProcessingLogEntry entry)
    {
        using var writer = vault.Create<ProcessingLogWriter>();
        writer.Write(entry);
        await using (await VaultFixture.StartAsync(writer))
        {
            // Stopping writes what waits.
        }
    }

    private ProcessingLogEntry Entry(Guid passport, Guid? userId = null) => new()
    {
        OccurredAt = vault.Time.GetUtcNow(),
        PassportId = passport,
        UserId = userId,
        Stage = LogStages.Refused,
        Outcome = LogOutcomes.Refused,
        SmtpCode = 550,
        EnhancedCode = "5.1.1",
        Reason = "No such address.",
        PeerIp = IPAddress.Parse("192.0.2.77"),
        PeerName = "mx9.example.org",
        Recipient = "nobody@vault.test",
        Instance = "test",
    };
}
