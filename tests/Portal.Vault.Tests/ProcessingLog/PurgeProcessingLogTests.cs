using Npgsql;
using Portal.Vault.ProcessingLog;

namespace Portal.Vault.Tests.ProcessingLog;

public sealed class PurgeProcessingLogTests(VaultFixture vault) : LogTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_OldDays_AreDroppedWithTheirCountsAndYoungerOnesStay()
    {
        var now = Vault.Time.GetUtcNow();
        var (old, kept) = (now.AddDays(-100), now.AddDays(-80));
        foreach (var day in new[] { old, kept })
        {
            await Vault.Database.ExecuteAsync($"""
                CREATE TABLE email_processing_logs_{day:yyyyMMdd} PARTITION OF email_processing_logs
                FOR VALUES FROM ('{day:yyyy-MM-dd} 00:00:00+00') TO ('{day.AddDays(1):yyyy-MM-dd} 00:00:00+00')
                """);
        }

        await WriteAsync(Row() with { OccurredAt = old }, Row() with { OccurredAt = old.AddDays(-5) }, Row() with { OccurredAt = kept });
        await Vault.Database.ExecuteAsync($"UPDATE processing_log_countings SET counted_until = '{LogBuckets.Floor(old.AddDays(-6), LogBuckets.Hour):O}'");
        await Vault.Get<RollUpProcessingLog>().HandleAsync(Cancel);

        var purged = await Vault.Get<PurgeProcessingLog>().HandleAsync(Cancel);
        var again = await Vault.Get<PurgeProcessingLog>().HandleAsync(Cancel);

        Assert.Equal([$"email_processing_logs_{old:yyyyMMdd}"], purged.Days);
        Assert.Equal(1, purged.Rows);
        Assert.True(again.IsEmpty);
        Assert.Equal(1, await Vault.CountAsync("SELECT count(*) FROM email_processing_logs"));
        Assert.Equal(1, await Vault.CountAsync("SELECT sum(events)::bigint FROM processing_log_counts"));
    }

    [Fact]
    public async Task Handle_SomebodyReadsADay_DropsThoseBeforeItAndKeepsTheRestForLater()
    {
        var now = Vault.Time.GetUtcNow();
        DateTimeOffset[] days = [now.AddDays(-122), now.AddDays(-121)];
        foreach (var day in days)
            await Vault.Database.ExecuteAsync(
                $"CREATE TABLE email_processing_logs_{day:yyyyMMdd} PARTITION OF email_processing_logs FOR VALUES FROM ('{day:yyyy-MM-dd} 00:00:00+00') TO ('{day.AddDays(1):yyyy-MM-dd} 00:00:00+00')");
        await WriteAsync(Row() with { OccurredAt = now.AddDays(-130) });
        await using var reader = new NpgsqlConnection(Vault.Database.Superuser);
        await reader.OpenAsync(Cancel);
        await using var transaction = await reader.BeginTransactionAsync(Cancel);
        await using (var command = new NpgsqlCommand($"SELECT count(*) FROM email_processing_logs_{days[1]:yyyyMMdd}", reader, transaction))
            await command.ExecuteScalarAsync(Cancel);

        // EF says of what may pass that it may.
        var late = await Assert.ThrowsAsync<InvalidOperationException>(() => Vault.Get<PurgeProcessingLog>().HandleAsync(Cancel));
        Assert.Equal(PostgresErrorCodes.LockNotAvailable, Assert.IsType<PostgresException>(late.InnerException).SqlState);
        await transaction.RollbackAsync(Cancel);
        var purged = await Vault.Get<PurgeProcessingLog>().HandleAsync(Cancel);

        Assert.Equal([$"email_processing_logs_{days[1]:yyyyMMdd}"], purged.Days);
        Assert.Equal(0, purged.Rows);
    }

    [Theory]
    [InlineData("drop_email_processing_log_partition")]
    [InlineData("delete_late_email_processing_logs")]
    public async Task Function_AskedForThisWeek_RefusesWhoeverAsks(string function)
    {
        await using var source = NpgsqlDataSource.Create(Vault.Database.Service);
        await using var command = source.CreateCommand($"SELECT {function}((now() AT TIME ZONE 'UTC')::date)");

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancel));

        Assert.Contains("a week of the log is always kept", refused.MessageText, StringComparison.Ordinal);
    }
}
