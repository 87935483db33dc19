using Portal.Vault.Administration;
using Portal.Vault.Tests.Vaultboxes;

namespace Portal.Vault.Tests.Administration;

public sealed class GetMailFlowTests(VaultFixture vault) : VaultboxTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_Refusals_AreCountedByCodeOfOneDayTheMostFirst()
    {
        await LogAsync(3, "refused", "refused", 550, "5.1.1", "No such address");
        await LogAsync(1, "refused", "refused", 550, "5.1.1", "Written once");
        await LogAsync(2, "deferred", "deferred", 451, "4.3.5", "No key");
        await LogAsync(5, "refused", "refused", 550, "5.7.1", "Long ago", hoursAgo: 30);

        var flow = await FlowAsync();

        Assert.Equal(
            [new RefusalReason("refused", 550, "5.1.1", "No such address", 4), new RefusalReason("deferred", 451, "4.3.5", "No key", 2)], flow.Refusals);
    }

    [Fact]
    public async Task Handle_Times_AreWithinANinthOfThePercentiles()
    {
        for (var i = 1; i <= 100; i++)
        {
            await LogAsync(1, "sealed", "ok", null, null, null, hoursAgo: 3, durationMs: i);
            await LogAsync(1, "stored", "ok", 250, null, null, hoursAgo: 3, durationMs: i * 10);
        }

        // The mail of other tests came in the hour that is.
        var hour = (await FlowAsync()).Hours[0];

        Assert.Equal(100, hour.Messages);
        Assert.InRange(hour.Sealing.Median, 50 / 1.1, 50 * 1.1);
        Assert.InRange(hour.Sealing.P95, 95 / 1.1, 95 * 1.1);
        Assert.InRange(hour.Storing.P95, 950 / 1.1, 950 * 1.1);
    }

    [Fact]
    public async Task Handle_AStoredMessage_CountsInMailAndInCommits()
    {
        var before = await FlowAsync();
        await DeliverAsync(Box.Alias);

        var after = await FlowAsync();

        Assert.Equal(before.Stored.Messages + 1, after.Stored.Messages);
        Assert.True(after.Stored.Octets > before.Stored.Octets);
        Assert.NotNull(after.Commit);
    }

    [Fact]
    public async Task Handle_Keys_AreCountedByWhenTheyEnd()
    {
        var before = (await FlowAsync()).Keys;
        await Vault.NewVaultboxAsync(owner: Owner);
        var (near, soon) = (await NewKeyedAsync(), await NewKeyedAsync());
        foreach (var (id, days) in new[] { (near.Id, 13), (soon.Id, 59) })
            await Vault.Database.ExecuteAsync($"UPDATE certificates SET not_after = '{Now.AddDays(days):o}' WHERE vaultbox_id = '{id}' AND purpose = 'mail' AND certificate_type = 'public'");

        var after = (await FlowAsync()).Keys;

        Assert.Equal(new ExpiringKeys(before.Without + 1, before.In14Days + 1, before.In60Days + 2), after);
    }

    private async Task<MailFlow> FlowAsync() => (await Vault.Get<GetMailFlow>().HandleAsync(new(Vault.Admin), Cancel)).Value!;

    private Task LogAsync(int times, string stage, string outcome, int? code, string? enhanced, string? reason, int hoursAgo = 0, double? durationMs = null) =>
        Vault.Database.ExecuteAsync(
            $"""
             INSERT INTO email_processing_logs (id, occurred_at, passport_id, stage, outcome, smtp_code, enhanced_code, reason, duration_ms, instance)
             SELECT gen_random_uuid(), '{Now.AddHours(-hoursAgo):o}', gen_random_uuid(), '{stage}', '{outcome}', {code?.ToString() ?? "NULL"}, {Text(enhanced)}, {Text(reason)},
                 {durationMs?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "NULL"}, 'test'
             FROM generate_series(1, {times})
             """);

    private static string Text(string? value) => value is null ? "NULL" : $"'{value}'";
}
