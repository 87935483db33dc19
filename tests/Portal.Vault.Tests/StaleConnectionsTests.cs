using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Testing;
using Portal.Vault.Intake;

namespace Portal.Vault.Tests;

public sealed class StaleConnectionsTests(PostgresCluster cluster) : IAsyncLifetime
{
    private const int Open = 5;

    private readonly VaultFixture fixture = new(cluster);

    public ValueTask InitializeAsync() => fixture.InitializeAsync();

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task Query_AfterTheServerClosedAllConnections_FailsOnceAtMost()
    {
        var cancel = TestContext.Current.CancellationToken;
        var contexts = fixture.Get<IDbContextFactory<VaultContext>>();
        await Task.WhenAll(Enumerable.Range(0, Open).Select(async _ =>
        {
            await using var context = await contexts.CreateDbContextAsync(cancel);
            await context.Database.ExecuteSqlAsync($"SELECT pg_sleep(0.2)", cancel);
        }));
        await using (var superuser = new NpgsqlConnection(cluster.SuperuserConnectionString()))
        {
            await superuser.OpenAsync(cancel);
            await using var end = new NpgsqlCommand($"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{fixture.Database.Name}'", superuser);
            await end.ExecuteNonQueryAsync(cancel);
        }

        var failures = 0;
        for (var i = 0; i < Open + 1; i++)
        {
            try
            {
                await fixture.Get<ResolveRecipient>().HandleAsync("nobody", "vault.test", cancel);
            }
            catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException)
            {
                failures++;
            }
        }

        Assert.InRange(failures, 0, 1);
    }
}
