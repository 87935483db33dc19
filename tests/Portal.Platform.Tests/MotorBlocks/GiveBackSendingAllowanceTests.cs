using Portal.Platform.MotorBlocks;
using Portal.Testing;

namespace Portal.Platform.Tests.MotorBlocks;

public sealed class GiveBackSendingAllowanceTests(PostgresCluster cluster) : MotorBlockTest(cluster)
{
    [Fact]
    public async Task GiveBack_OfWhatWasTaken_MakesRoomAlsoInALaterMinute()
    {
        StartMinute();
        var block = await AddBlockAsync(b => b.RateLimitPerHour = 1);
        var taken = await Get<TakeSendingAllowance>().HandleAsync(block.Id, Cancel);
        Time.Advance(TimeSpan.FromMinutes(5));

        await Get<GiveBackSendingAllowance>().HandleAsync(block.Id, taken.Minute, Cancel);

        Assert.True((await Get<TakeSendingAllowance>().HandleAsync(block.Id, Cancel)).Granted);
    }

    [Fact]
    public async Task GiveBack_OfMoreThanWasTaken_StopsAtNothing()
    {
        StartMinute();
        var block = await AddBlockAsync();
        var taken = await Get<TakeSendingAllowance>().HandleAsync(block.Id, Cancel);

        await Get<GiveBackSendingAllowance>().HandleAsync(block.Id, taken.Minute, Cancel);
        await Get<GiveBackSendingAllowance>().HandleAsync(block.Id, taken.Minute, Cancel);
        await Get<GiveBackSendingAllowance>().HandleAsync(block.Id, taken.Minute.AddMinutes(-1), Cancel);

        Assert.Equal(0, await Database.ScalarAsync<int>("SELECT messages FROM motor_block_messages"));
    }
}
