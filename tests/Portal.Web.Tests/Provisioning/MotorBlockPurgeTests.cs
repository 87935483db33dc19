using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Platform.MotorBlocks;
using Portal.Testing;
using Portal.Web.Provisioning;
using Portal.Web.Tests.SystemMail;

namespace Portal.Web.Tests.Provisioning;

public sealed class MotorBlockPurgeTests(PostgresCluster cluster) : SystemMailTest(cluster)
{
    [Fact]
    public async Task Execute_WithSomethingPastItsTime_RemovesItAndSaysSo()
    {
        await Platform.ExecuteAsync(
            """
            INSERT INTO users (email) VALUES ('owner@vault.test');
            INSERT INTO motor_blocks (user_id, username, password_hash, revoked_at)
            SELECT id, 'motor-' || days, '!', now() - make_interval(days => days) FROM users, unnest(ARRAY[89, 91]) AS days;
            """);
        var logger = new Heard();
        using var purge = new MotorBlockPurge(Instance().GetRequiredService<PurgeMotorBlocks>(), Time, logger);

        await purge.StartAsync(Cancel);
        var said = await logger.First.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await purge.StopAsync(Cancel);

        Assert.Contains("1 revoked long ago removed", said, StringComparison.Ordinal);
        Assert.Equal("motor-89", await Platform.ScalarAsync<string>("SELECT string_agg(username, ',') FROM motor_blocks"));
    }

    [Fact]
    public async Task Execute_WithoutTheDatabase_SaysSoAndStays()
    {
        var logger = new Heard();
        using var purge = new MotorBlockPurge(Instance().GetRequiredService<PurgeMotorBlocks>(), Time, logger);
        await Platform.GoDownAsync();

        await purge.StartAsync(Cancel);
        var said = await logger.First.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        Assert.Contains("broke off", said, StringComparison.Ordinal);
        Assert.False(purge.ExecuteTask!.IsCompleted);
        await purge.StopAsync(Cancel);
        await Platform.GoUpAsync();
    }

    /// <summary>Keeps the first line.</summary>
    private sealed class Heard : ILogger<MotorBlockPurge>
    {
        public TaskCompletionSource<string> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            First.TrySetResult(formatter(state, exception));
    }
}
