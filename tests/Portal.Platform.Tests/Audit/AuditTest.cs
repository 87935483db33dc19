using Npgsql;
using Portal.Audit;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Administration;
using Portal.Platform.Audit;
using Portal.Testing;

namespace Portal.Platform.Tests.Audit;

/// <summary>A test with a chain: it acts, moves what waits, and breaks what it has as the owner of the tables.</summary>
public abstract class AuditTest(PostgresCluster cluster) : PlatformTest(cluster)
{
    protected AuditSource<PlatformContext> Outbox => Get<AuditSource<PlatformContext>>();

    /// <summary>Everything that waits goes into the chain.</summary>
    protected async Task<AuditHead?> ChainAsync()
    {
        var rows = await Outbox.WaitingAsync(1000, Cancel);
        var head = await Get<ChainEntries>().HandleAsync(rows, Cancel);
        await Outbox.ForgetAsync([.. rows.Select(row => row.Id)], Cancel);
        return head;
    }

    /// <summary>An account whose role changes to and fro.</summary>
    protected async Task<(Guid Admin, Guid User)> ActAsync(int acts)
    {
        var admin = await AddUserAsync($"admin{Guid.NewGuid():n}@example.org", Role.Admin);
        var user = await AddUserAsync($"user{Guid.NewGuid():n}@example.org");
        await ForgetWhatWaitsAsync();
        for (var i = 0; i < acts; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            var changed = await Get<ChangeRole>().HandleAsync(FromSomewhere(admin), new ChangeRoleRequest(user, i % 2 == 0 ? Role.Support : Role.User), Cancel);
            Assert.True(changed.Succeeded);
        }

        return (admin, user);
    }

    protected async Task ForgetWhatWaitsAsync() => await Outbox.ForgetAsync([.. (await Outbox.WaitingAsync(1000, Cancel)).Select(row => row.Id)], Cancel);

    protected Actor FromSomewhere(Guid userId) => Person(userId, Role.Admin) with { From = new ActedFrom("192.0.2.0/24", "Firefox on Linux", null) };

    /// <summary>As the role that owns the tables: whoever holds the migrations' password.</summary>
    protected async Task AsOwnerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Database.Owner);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    /// <summary>The same with the triggers switched off that stand in the way.</summary>
    protected Task BreakAsync(string sql) =>
        AsOwnerAsync($"ALTER TABLE audit_log DISABLE TRIGGER USER; {sql}; ALTER TABLE audit_log ENABLE TRIGGER USER");
}
