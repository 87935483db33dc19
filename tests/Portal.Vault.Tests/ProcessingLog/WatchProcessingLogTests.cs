using Portal.Vault.ProcessingLog;

namespace Portal.Vault.Tests.ProcessingLog;

public sealed class WatchProcessingLogTests(VaultFixture vault) : LogTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_RowsWritten_TellsAWatcherOfThisInstanceAndOfAnother()
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        ended.CancelAfter(TimeSpan.FromSeconds(30));
        var own = Vault.Get<ProcessingLogSignal>();
        using var other = Vault.Create<ProcessingLogSignal>();
        await using var here = (await Vault.Get<WatchProcessingLog>().HandleAsync(new(Vault.Owner), ended.Token)).Value!.GetAsyncEnumerator(ended.Token);
        await using var there = (await new WatchProcessingLog(other).HandleAsync(new(Vault.Owner), ended.Token)).Value!.GetAsyncEnumerator(ended.Token);
        var (first, second) = (here.MoveNextAsync().AsTask(), there.MoveNextAsync().AsTask());
        await using (await VaultFixture.StartAsync(own))
        await using (await VaultFixture.StartAsync(other))
        {
            // Each is told once when it begins to listen.
            Assert.True(await first && await second);

            await WriteAsync(Row());

            Assert.True(await here.MoveNextAsync() && await there.MoveNextAsync());
        }
    }

    [Fact]
    public async Task Handle_WithoutScope_IsRefused()
    {
        var scopeless = Vault.Owner with { Scopes = new HashSet<string>(StringComparer.Ordinal) };

        Assert.Equal("scope_missing", (await Vault.Get<WatchProcessingLog>().HandleAsync(new(scopeless), Cancel)).Problem?.Code);
    }
}
