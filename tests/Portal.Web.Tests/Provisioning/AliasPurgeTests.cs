using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Testing;
using Portal.Vault.Aliases;
using Portal.Web.Provisioning;
using Portal.Web.Tests.SystemMail;

namespace Portal.Web.Tests.Provisioning;

public sealed class AliasPurgeTests(PostgresCluster cluster) : SystemMailTest(cluster)
{
    [Fact]
    public async Task Execute_WithAliasesPastTheirTime_FreesThemAndSaysSo()
    {
        await Vault.ExecuteAsync(
            """
            INSERT INTO vaultboxes (user_id, domain, name, alias) VALUES (gen_random_uuid(), 'vault.test', 'Box', 'a');
            INSERT INTO aliases (vaultbox_id, domain, local_part, deleted_at)
            SELECT id, 'vault.test', 'days-' || days, now() - make_interval(days => days) FROM vaultboxes, unnest(ARRAY[29, 31]) AS days;
            """);
        var logger = new Heard();
        using var purge = new AliasPurge(Instance().GetRequiredService<PurgeAliases>(), Time, logger);

        await purge.StartAsync(Cancel);
        var said = await logger.First.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await purge.StopAsync(Cancel);

        Assert.StartsWith("Aliases: 1 ", said, StringComparison.Ordinal);
        Assert.Equal("days-29", await Vault.ScalarAsync<string>("SELECT string_agg(local_part, ',') FROM aliases"));
    }

    [Fact]
    public async Task Execute_WithoutTheDatabase_SaysSoAndStays()
    {
        var logger = new Heard();
        using var purge = new AliasPurge(Instance().GetRequiredService<PurgeAliases>(), Time, logger);
        await Vault.GoDownAsync();

        await purge.StartAsync(Cancel);
        var said = await logger.First.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        Assert.Contains("broke off", said, StringComparison.Ordinal);
        Assert.False(purge.ExecuteTask!.IsCompleted);
        await purge.StopAsync(Cancel);
        await Vault.GoUpAsync();
    }

    /// <summary>Keeps the first line.</summary>
    private sealed class Heard : ILogger<AliasPurge>
    {
        public TaskCompletionSource<string> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            First.TrySetResult(formatter(state, exception));
    }
}
