using Portal.Vault.ProcessingLog;

namespace Portal.Vault.Tests.ProcessingLog;

public sealed class ExportProcessingLogTests(VaultFixture vault) : LogTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_MoreThanAPage_GivesEachRowOnceNewestFirst()
    {
        await Vault.Database.ExecuteAsync($"""
            INSERT INTO email_processing_logs (id, occurred_at, passport_id, stage, outcome, recipient, instance)
            SELECT gen_random_uuid(), timestamptz '{Vault.Time.GetUtcNow():O}' - make_interval(secs => 1 + n / 10), gen_random_uuid(), 'stored', 'ok', 'many@export.test', 'test' FROM generate_series(1, 5003) n
            """);

        var exported = await Vault.Get<ExportProcessingLog>().HandleAsync(new(new ListProcessingLogRequest(Vault.Admin, Domain: "export.test")), Cancel);
        var rows = await exported.Value!.ToListAsync(Cancel);

        Assert.Equal(5003, rows.Select(r => r.Id).Distinct().Count());
        Assert.Equal(5003, rows.Count);
        Assert.Equal(rows.OrderByDescending(r => r.OccurredAt).Select(r => r.OccurredAt), rows.Select(r => r.OccurredAt));
    }

    [Fact]
    public async Task Handle_MoreThanMost_IsRefusedBeforeTheFirstRow()
    {
        var now = Vault.Time.GetUtcNow();
        var slot = LogBuckets.Floor(now.AddHours(-20), LogBuckets.Slot);
        await Vault.Database.ExecuteAsync($"""
            INSERT INTO mail_domains (domain, shared, added_at) VALUES ('much.test', false, '{slot.AddDays(-1):O}');
            INSERT INTO processing_log_counts VALUES ('{slot:O}', 'much.test', 'stored', 'ok', 250, '', {ExportProcessingLog.Most + 1});
            UPDATE processing_log_countings SET counted_until = '{now:O}'
            """);

        var exported = await Vault.Get<ExportProcessingLog>().HandleAsync(new(new ListProcessingLogRequest(Vault.Admin, Domain: "much.test", From: now.AddDays(-1))), Cancel);

        Assert.Equal("export_too_large", exported.Problem?.Code);
    }
}
