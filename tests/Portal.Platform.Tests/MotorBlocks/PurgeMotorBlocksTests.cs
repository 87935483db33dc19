using Portal.Platform.Accounts;
using Portal.Platform.MotorBlocks;
using Portal.Testing;

namespace Portal.Platform.Tests.MotorBlocks;

public sealed class PurgeMotorBlocksTests(PostgresCluster cluster) : MotorBlockTest(cluster)
{
    [Fact]
    public async Task Purge_OfWhatIsPastItsTime_TakesThatAlone()
    {
        var block = await AddBlockAsync();
        await AddMessagesAsync(block.Id, (49 * 60) - 1, 1);
        await AddMessagesAsync(block.Id, (49 * 60) + 1, 1);
        await AddUseAsync(block.Id, block.PasswordId, "kept.test", TimeSpan.FromDays(89));
        await AddUseAsync(block.Id, block.PasswordId, "gone.test", TimeSpan.FromDays(91));
        await AddBlockAsync(b => (b.Label, b.RevokedAt) = ("kept", Time.GetUtcNow().AddDays(-89)));
        var gone = await AddBlockAsync(b => (b.Label, b.RevokedAt) = ("gone", Time.GetUtcNow().AddDays(-91)));
        await AddUseAsync(gone.Id, gone.PasswordId, "kept.test", TimeSpan.FromDays(1));

        var purged = await PurgeAsync();

        Assert.Equal(new PurgedMotorBlocks(1, 1, 0, 1), purged);
        Assert.Equal(2, await Database.ScalarAsync<long>("SELECT count(*) FROM motor_blocks WHERE label <> 'gone'"));
        Assert.Equal("kept.test", await Database.ScalarAsync<string>("SELECT string_agg(client_name, ',') FROM motor_block_uses"));
        Assert.Equal(1, await Database.ScalarAsync<long>("SELECT count(*) FROM motor_block_messages"));
    }

    [Fact]
    public async Task Purge_AfterAnOverlap_OverwritesTheOldHash()
    {
        var (ended, running) = (await CreateAsync(), await CreateAsync());
        await Get<RotateMotorBlock>().HandleAsync(Owner, new RotateMotorBlockRequest(ended.Block.Id, 60), Cancel);
        await Get<RotateMotorBlock>().HandleAsync(Owner, new RotateMotorBlockRequest(running.Block.Id, 61), Cancel);
        Time.Advance(TimeSpan.FromMinutes(60));

        Assert.Equal(new PurgedMotorBlocks(0, 0, 1, 0), await PurgeAsync());

        var kept = await ReadAsync(ended.Block.Id);
        Assert.Equal((null, null, null, null), (kept.PreviousPasswordId, kept.PreviousPasswordHash, kept.PreviousSelector, kept.PreviousValidUntil));
        Assert.NotNull((await ReadAsync(running.Block.Id)).PreviousPasswordHash);
    }

    [Fact]
    public async Task Purge_OfMoreThanABatch_TakesAll()
    {
        var block = await AddBlockAsync();
        await Database.ExecuteAsync(
            $"INSERT INTO motor_block_messages SELECT '{block.Id}', now() - interval '3 days' - n * interval '1 minute', 1 FROM generate_series(1, {PurgeMotorBlocks.Batch + 5}) AS n");

        Assert.Equal(PurgeMotorBlocks.Batch + 5, (await PurgeAsync()).Minutes);
    }

    [Fact]
    public async Task Purge_ByWhoMayNotAdminister_IsNotFound() =>
        Assert.Equal("not_found", (await Get<PurgeMotorBlocks>().HandleAsync(Owner, Cancel)).Failure?.Code);

    private async Task<PurgedMotorBlocks> PurgeAsync() => (await Get<PurgeMotorBlocks>().HandleAsync(Actor.Operator, Cancel)).Value!;
}
