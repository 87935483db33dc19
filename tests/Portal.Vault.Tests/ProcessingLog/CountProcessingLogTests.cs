using System.Globalization;
using Portal.Vault.ProcessingLog;

namespace Portal.Vault.Tests.ProcessingLog;

public sealed class CountProcessingLogTests(VaultFixture vault) : LogTest(vault), IClassFixture<VaultFixture>
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Whatever is counted already, the answer is the same: nothing is, part of it, or all but the last minutes.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(30)]
    [InlineData(24 * 10)]
    public async Task Handle_CountedOrNot_GivesTheSame(int hours)
    {
        var now = Vault.Time.GetUtcNow();
        // Other tests of the class write too.
        await Vault.Database.ExecuteAsync("DELETE FROM email_processing_logs; DELETE FROM processing_log_counts; DELETE FROM processing_log_sender_counts");
        var domain = $"d{Guid.NewGuid():n}.test";
        await WriteAsync([.. Enumerable.Range(0, 60).Select(n => Row() with
        {
            OccurredAt = now - (TimeSpan.FromHours(hours) * n / 60) - TimeSpan.FromSeconds(1),
            Recipient = n % 3 == 0 ? $"a@{domain}" : "a@elsewhere.test",
            Sender = n % 2 == 0 ? $"b@{domain}" : "b@elsewhere.test",
            Outcome = n % 5 == 0 ? LogOutcomes.Deferred : LogOutcomes.Refused,
            SmtpCode = n % 4 == 0 ? 451 : 550,
            EnhancedCode = n % 4 == 0 ? "4.3.5" : "5.1.1",
        })]);
        var window = new ListProcessingLogRequest(Vault.Admin, From: now.AddHours(-hours), To: now);
        ListProcessingLogRequest[] asked =
        [
            window, window with { Domain = domain }, window with { Outcomes = [LogOutcomes.Deferred] }, window with { Code = "451" }, window with { Code = "5.1.1" },
            window with { Domain = domain, Code = "451 4.3.5" }, window with { Domain = domain, Outcomes = [LogOutcomes.Refused] }, window with { Stages = [LogStages.Refused] },
        ];
        var before = await ChartsAsync(asked);

        await Vault.Database.ExecuteAsync($"UPDATE processing_log_countings SET counted_until = '{LogBuckets.Floor(now.AddHours(-hours) - Day, LogBuckets.Hour):O}'");
        var half = await ChartsAsync(asked);
        Assert.True(await Vault.Get<RollUpProcessingLog>().HandleAsync(Cancel) > 0);
        var after = await ChartsAsync(asked);

        Assert.Equal(60, before[0].Where(bar => bar.Events > 0).Sum(bar => bar.Events));
        Assert.Equal(40, before[1].Sum(bar => bar.Events));
        Assert.Equal(12, before[2].Sum(bar => bar.Deferred));
        Assert.Equal(before, half);
        Assert.Equal(before, after);
    }

    [Fact]
    public async Task Handle_RowThatWaitedForTheDatabase_IsCountedAgain()
    {
        var now = Vault.Time.GetUtcNow();
        await Vault.Database.ExecuteAsync("INSERT INTO mail_domains (domain, shared, added_at) VALUES ('late.test', false, now() - interval '3 days')");
        await Vault.Get<RollUpProcessingLog>().HandleAsync(Cancel);
        var late = Row() with { OccurredAt = now.AddHours(-5), Recipient = "late@late.test" };
        var asked = new ListProcessingLogRequest(Vault.Admin, From: now.AddHours(-48), Domain: "late.test");

        await WriteAsync(late);
        var uncounted = await CountAsync(asked);
        await Vault.Get<RollUpProcessingLog>().HandleAsync(Cancel);

        Assert.Equal((1, 1), (uncounted.Events, (await CountAsync(asked)).Events));
        Assert.Equal(1, await Vault.CountAsync("SELECT sum(events)::bigint FROM processing_log_counts WHERE recipient_domain = 'late.test'"));
    }

    [Fact]
    public async Task Handle_Bars_AreContiguousAndCoverTheTime()
    {
        var now = Vault.Time.GetUtcNow();

        var chart = await CountAsync(new(Vault.Admin, From: now.AddHours(-1), To: now));

        Assert.Equal(TimeSpan.FromMinutes(1), chart.Width);
        Assert.True(chart.From <= now.AddHours(-1) && chart.Bars[^1].At < now && chart.Bars[^1].At + chart.Width >= now);
        Assert.All(chart.Bars.Zip(chart.Bars.Skip(1)), pair => Assert.Equal(pair.First.At + chart.Width, pair.Second.At));
    }

    [Fact]
    public async Task Handle_NoAdmin_CountsOwnRowsOnly()
    {
        var now = Vault.Time.GetUtcNow();
        await WriteAsync(Row() with { UserId = Vault.Owner.UserId, Recipient = "own@counted.test" }, Row() with { Recipient = "other@counted.test" });
        var asked = new ListProcessingLogRequest(Vault.Owner, From: now.AddDays(-2), Domain: "counted.test");

        Assert.Equal((1, 0, 2), ((await CountAsync(asked)).Events, (await CountAsync(asked with { Actor = Vault.Stranger })).Events, (await CountAsync(asked with { Actor = Vault.Admin })).Events));
    }

    [Fact]
    public async Task Handle_EndBeforeBeginning_IsRefused()
    {
        var now = Vault.Time.GetUtcNow();

        var counted = await Vault.Get<CountProcessingLog>().HandleAsync(new(new ListProcessingLogRequest(Vault.Admin, From: now, To: now.AddHours(-1))), Cancel);

        Assert.Equal("time_malformed", counted.Problem?.Code);
    }

    [Theory]
    [InlineData("0001-01-02T00:00:00Z", "9990-01-01T00:00:00Z")]
    [InlineData("2026-01-01T00:00:00Z", "9999-12-31T23:59:59Z")]
    [InlineData("1999-12-31T23:59:59Z", "2000-01-02T00:00:00Z")]
    [InlineData("2000-01-01T00:00:00Z", "2010-01-02T00:00:01Z")]
    [InlineData(null, "0001-01-01T00:00:00Z")]
    public async Task Handle_TimeOutOfRange_IsRefusedAndExportedNeither(string? from, string to)
    {
        var asked = new ListProcessingLogRequest(Vault.Admin, From: from is null ? null : Utc(from), To: Utc(to));

        var counted = await Vault.Get<CountProcessingLog>().HandleAsync(new(asked), Cancel);
        var exported = await Vault.Get<ExportProcessingLog>().HandleAsync(new(asked), Cancel);

        Assert.Equal(("time_out_of_range", "time_out_of_range"), (counted.Problem?.Code, exported.Problem?.Code));
    }

    [Fact]
    public async Task Handle_TenYears_HasNoMoreBarsThanAChart()
    {
        var chart = await CountAsync(new(Vault.Admin, From: Utc("2000-01-01T00:00:00Z"), To: Utc("2010-01-01T00:00:00Z")));

        Assert.InRange(chart.Bars.Count, 2, LogBuckets.Most);
        Assert.True(chart.From <= Utc("2000-01-01T00:00:00Z"));
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private async Task<List<IReadOnlyList<LogBar>>> ChartsAsync(IEnumerable<ListProcessingLogRequest> asked)
    {
        var charts = new List<IReadOnlyList<LogBar>>();
        foreach (var request in asked)
            charts.Add((await CountAsync(request)).Bars);
        return charts;
    }
}
