using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Testing;
using Portal.Vault.Notices;
using Portal.Web.Provisioning;
using Portal.Web.Tests.SystemMail;

namespace Portal.Web.Tests.Provisioning;

public sealed class NoticeKeepingTests(PostgresCluster cluster) : SystemMailTest(cluster)
{
    [Fact]
    public async Task Execute_WithAnEndAheadAndAnOldNotice_TellsForgetsAndSaysSo()
    {
        await Vault.ExecuteAsync(
            $$"""
              INSERT INTO vaultboxes (user_id, domain, name, alias) VALUES (gen_random_uuid(), 'vault.test', 'Box', 'a');
              INSERT INTO aliases (vaultbox_id, domain, local_part, expires_at) SELECT id, 'vault.test', 'fair', '{{Time.GetUtcNow().AddDays(1):O}}' FROM vaultboxes;
              INSERT INTO owner_notices (user_id, kind, detail, occurred_at, wants_mail) VALUES (gen_random_uuid(), 'key_added', '{}', '{{Time.GetUtcNow().AddDays(-366):O}}', false)
              """);
        var logger = new Heard();
        using var keeping = Keeping(logger);

        await keeping.StartAsync(Cancel);
        var said = await logger.First.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await keeping.StopAsync(Cancel);

        Assert.StartsWith("Notices: 1 written of addresses that end soon, 1 old ones removed.", said, StringComparison.Ordinal);
        Assert.Equal("alias_ending", await Vault.ScalarAsync<string>("SELECT string_agg(kind, ',') FROM owner_notices"));
    }

    [Fact]
    public async Task Execute_WithoutTheDatabase_SaysSoAndStays()
    {
        var logger = new Heard();
        using var keeping = Keeping(logger);
        await Vault.GoDownAsync();

        await keeping.StartAsync(Cancel);
        var said = await logger.First.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        Assert.Contains("broke off", said, StringComparison.Ordinal);
        Assert.False(keeping.ExecuteTask!.IsCompleted);
        await keeping.StopAsync(Cancel);
        await Vault.GoUpAsync();
    }

    private NoticeKeeping Keeping(ILogger<NoticeKeeping> logger)
    {
        var services = Instance();
        return new(services.GetRequiredService<TellOfEndingAliases>(), services.GetRequiredService<PurgeNotices>(), Time, logger);
    }

    /// <summary>Keeps the first line.</summary>
    private sealed class Heard : ILogger<NoticeKeeping>
    {
        public TaskCompletionSource<string> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            First.TrySetResult(formatter(state, exception));
    }
}
