using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Testing;
using Portal.Vault.Vaultboxes;
using Portal.Web.Provisioning;
using Portal.Web.Tests.SystemMail;

namespace Portal.Web.Tests.Provisioning;

public sealed class VaultboxPurgeTests(PostgresCluster cluster) : SystemMailTest(cluster)
{
    [Fact]
    public async Task Execute_WithVaultboxesPastTheirTime_DestroysThemAndSaysSo()
    {
        await Vault.ExecuteAsync(
            $"""
             INSERT INTO vaultboxes (user_id, domain, name, alias, deleted_at)
             SELECT gen_random_uuid(), 'vault.test', 'Box', 'days-' || days, '{Time.GetUtcNow():O}'::timestamptz - make_interval(days => days) FROM unnest(ARRAY[29, 31]) AS days
             """);
        var logger = new Heard();
        using var purge = new VaultboxPurge(Instance().GetRequiredService<PurgeVaultboxes>(), Time, logger);

        await purge.StartAsync(Cancel);
        var said = await logger.First.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await purge.StopAsync(Cancel);

        Assert.Equal("Vaultboxes: 1 that were deleted long ago destroyed, with 0 sealed messages (0 octets).", said);
        Assert.Equal("days-29", await Vault.ScalarAsync<string>("SELECT string_agg(alias, ',') FROM vaultboxes"));
    }

    [Fact]
    public async Task Execute_WithoutTheDatabase_SaysSoAndStays()
    {
        var logger = new Heard();
        using var purge = new VaultboxPurge(Instance().GetRequiredService<PurgeVaultboxes>(), Time, logger);
        await Vault.GoDownAsync();

        await purge.StartAsync(Cancel);
        var said = await logger.First.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        Assert.Contains("broke off", said, StringComparison.Ordinal);
        Assert.False(purge.ExecuteTask!.IsCompleted);
        await purge.StopAsync(Cancel);
        await Vault.GoUpAsync();
    }

    /// <summary>Keeps the first line.</summary>
    private sealed class Heard : ILogger<VaultboxPurge>
    {
        public TaskCompletionSource<string> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            First.TrySetResult(formatter(state, exception));
    }
}
