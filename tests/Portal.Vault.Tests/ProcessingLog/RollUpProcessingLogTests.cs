using System.Globalization;
using Portal.Vault.ProcessingLog;

namespace Portal.Vault.Tests.ProcessingLog;

/// <summary>What strangers type may not make the counts grow, and the answers stay exact.</summary>
public sealed class RollUpProcessingLogTests(VaultFixture vault) : LogTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_RecipientDomainsOfStrangers_AreCountedAsOneAndFoundStill()
    {
        var at = await CountedFromAsync();
        await WriteAsync([.. Enumerable.Range(0, 30).Select(n => Row() with { OccurredAt = at.AddSeconds(n), Recipient = $"a@typed{n}.test", Sender = "b@one.test" })]);
        await WriteAsync(Row() with { OccurredAt = at, Recipient = "a@ours.test", Sender = "b@one.test" });
        await Vault.Database.ExecuteAsync($"INSERT INTO mail_domains (domain, shared, added_at) VALUES ('ours.test', false, '{at.AddDays(-1):O}')");

        await Vault.Get<RollUpProcessingLog>().HandleAsync(Cancel);

        var slots = $"FROM processing_log_counts WHERE slot >= '{at:O}' AND slot < '{at.AddHours(1):O}'";
        Assert.Equal((2, 31), (await Vault.CountAsync($"SELECT count(*) {slots}"), await Vault.CountAsync($"SELECT sum(events)::bigint {slots}")));
        Assert.Equal((1, 1, 31), (await EventsAsync(at, "typed7.test"), await EventsAsync(at, "ours.test"), await EventsAsync(at, "one.test")));
    }

    [Fact]
    public async Task Handle_DomainAddedLater_FindsWhatWasCountedBefore()
    {
        var at = (await CountedFromAsync()).AddHours(3);
        await WriteAsync(Row() with { OccurredAt = at, Recipient = "a@soon.test" });
        await Vault.Get<RollUpProcessingLog>().HandleAsync(Cancel);

        await Vault.Database.ExecuteAsync("INSERT INTO mail_domains (domain, shared) VALUES ('soon.test', false)");

        Assert.Equal(1, await EventsAsync(at, "soon.test"));
    }

    [Fact]
    public async Task Handle_MoreSendersThanAreCounted_NotesTheRestAsOneAndFindsThemStill()
    {
        var at = (await CountedFromAsync()).AddHours(6);
        var rows = Enumerable.Range(0, RollUpProcessingLog.MostSenders + 5).SelectMany(n => Enumerable.Range(0, n < 3 ? 2 : 1)
            .Select(copy => Row() with { OccurredAt = at.AddSeconds(n + copy), Sender = string.Create(CultureInfo.InvariantCulture, $"b@s{n:000}.test"), Recipient = "a@vault.test" }));
        await WriteAsync([.. rows]);

        await Vault.Get<RollUpProcessingLog>().HandleAsync(Cancel);

        var hour = $"FROM processing_log_sender_counts WHERE hour = '{LogBuckets.Floor(at, LogBuckets.Hour):O}'";
        Assert.Equal(RollUpProcessingLog.MostSenders + 1, await Vault.CountAsync($"SELECT count(*) {hour}"));
        Assert.Equal(5, await Vault.CountAsync($"SELECT sum(events)::bigint {hour} AND sender_domain = ''"));
        Assert.Equal((2, 1, 1), (await EventsAsync(at, "s001.test"), await EventsAsync(at, "s100.test"), await EventsAsync(at, "s204.test")));
    }

    /// <summary>The next hours' beginning of a day ago, from which on nothing is counted.</summary>
    private async Task<DateTimeOffset> CountedFromAsync()
    {
        var at = LogBuckets.Floor(Vault.Time.GetUtcNow().AddDays(-2), LogBuckets.Hour);
        await Vault.Database.ExecuteAsync($"UPDATE processing_log_countings SET counted_until = '{at:O}'");
        return at;
    }

    /// <summary>By bars of hours, so that counts are read where there are any.</summary>
    private async Task<long> EventsAsync(DateTimeOffset at, string domain)
    {
        var hour = LogBuckets.Floor(at, LogBuckets.Hour);
        return (await CountAsync(new(Vault.Admin, From: hour.AddDays(-1), To: hour.AddDays(2) - TimeSpan.FromHours(1), Domain: domain))).Events;
    }
}
