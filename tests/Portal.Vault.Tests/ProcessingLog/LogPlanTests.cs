using Microsoft.EntityFrameworkCore;
using Portal.Vault.ProcessingLog;

namespace Portal.Vault.Tests.ProcessingLog;

/// <summary>An owner's page and chart read the owner's rows, not everybody's.</summary>
public sealed class LogPlanTests(VaultFixture vault) : LogTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Filters_OfAnOwner_AreFoundByTheIndexOfOwners()
    {
        await Vault.Database.ExecuteAsync($"""
            INSERT INTO email_processing_logs (id, occurred_at, passport_id, user_id, stage, outcome, recipient, instance)
            SELECT gen_random_uuid(), timestamptz '{Vault.Time.GetUtcNow():O}' - make_interval(secs => n), gen_random_uuid(),
                CASE WHEN n % 1000 = 0 THEN uuid '{Vault.Owner.UserId}' ELSE gen_random_uuid() END, 'stored', 'ok', 'a@plan.test', 'test' FROM generate_series(1, 20000) n;
            ANALYZE email_processing_logs
            """);
        var asked = new ListProcessingLogRequest(Vault.Owner, From: Vault.Time.GetUtcNow().AddDays(-30));
        await using var context = await Vault.Get<IDbContextFactory<VaultContext>>().CreateDbContextAsync(Cancel);

        var page = await PlanAsync(context, ListProcessingLog.Newest(context, asked, after: null, 51));
        var chart = await PlanAsync(context, LogFilters.Branches(context, asked)[0].GroupBy(l => l.Outcome).Select(g => g.Count()));

        Assert.All([page, chart], plan => Assert.Contains("user_id_occurred_at", plan, StringComparison.Ordinal));
        Assert.All([page, chart], plan => Assert.DoesNotContain("Filter: (user_id", plan, StringComparison.Ordinal));
    }

    private static async Task<string> PlanAsync<T>(VaultContext context, IQueryable<T> query)
    {
        await context.Database.OpenConnectionAsync(Cancel);
        await using var command = query.CreateDbCommand();
        command.CommandText = "EXPLAIN " + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var lines = new List<string>();
        while (await reader.ReadAsync(Cancel))
            lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }
}
