using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.MotorBlocks;
using Portal.Testing;

namespace Portal.Platform.Tests.MotorBlocks;

public sealed class TakeSendingAllowanceTests(PostgresCluster cluster) : MotorBlockTest(cluster)
{
    [Fact]
    public async Task Take_ManyAtOnceOnTwoInstances_GrantsTheLimitAndNoMore()
    {
        StartMinute();
        var block = await AddBlockAsync(b => b.RateLimitPerHour = 10);
        await using var second = Build(_ => { });
        TakeSendingAllowance[] instances = [Get<TakeSendingAllowance>(), second.GetRequiredService<TakeSendingAllowance>()];

        var taken = await Task.WhenAll(Enumerable.Range(0, 32).Select(n => instances[n % 2].HandleAsync(block.Id, Cancel)));

        Assert.Equal(10, taken.Count(allowance => allowance.Granted));
        Assert.Equal(Enumerable.Range(1, 10), taken.Where(allowance => allowance.Granted).Select(allowance => allowance.Used).Order());
        Assert.All(taken.Where(allowance => !allowance.Granted), refused => Assert.Equal((10, Time.GetUtcNow().AddMinutes(60)), (refused.Used, refused.FreeAt)));
        Assert.Equal(10, await Database.ScalarAsync<long>("SELECT sum(messages) FROM motor_block_messages"));
    }

    [Fact]
    public async Task Take_AsTheHourSlides_GrantsAgainAsMinutesLeave()
    {
        StartMinute();
        var start = Time.GetUtcNow();
        var block = await AddBlockAsync(b => b.RateLimitPerHour = 2);
        Assert.True((await TakeAsync(block.Id)).Granted);
        Time.SetUtcNow(start.AddMinutes(30));
        Assert.True((await TakeAsync(block.Id)).Granted);

        Time.SetUtcNow(start.AddMinutes(60).AddTicks(-1));
        var refused = await TakeAsync(block.Id);
        Assert.Equal((false, start.AddMinutes(60)), (refused.Granted, refused.FreeAt));
        Time.SetUtcNow(refused.FreeAt!.Value);
        Assert.True((await TakeAsync(block.Id)).Granted);

        var next = await TakeAsync(block.Id);
        Assert.Equal((false, start.AddMinutes(90)), (next.Granted, next.FreeAt));
    }

    [Fact]
    public async Task Take_OfTheLast_SaysWhenTheNextIsFree()
    {
        StartMinute();
        var block = await AddBlockAsync(b => b.RateLimitPerHour = 1);

        Assert.Equal(new SendingAllowance(true, 1, 1, Time.GetUtcNow().AddMinutes(60), Time.GetUtcNow()), await TakeAsync(block.Id));
    }

    [Fact]
    public async Task Take_OfRevokedOrUnknown_GrantsNothing()
    {
        var revoked = await AddBlockAsync(b => b.RevokedAt = Time.GetUtcNow());

        Assert.False((await TakeAsync(revoked.Id)).Granted);
        Assert.False((await TakeAsync(Guid.NewGuid())).Granted);
        Assert.Equal(0, await Database.ScalarAsync<long>("SELECT count(*) FROM motor_block_messages"));
    }

    [Fact]
    public async Task Take_OfAnother_IsCountedApart()
    {
        var (full, other) = (await AddBlockAsync(b => b.RateLimitPerHour = 1), await AddBlockAsync(b => b.RateLimitPerHour = 1));
        await TakeAsync(full.Id);

        Assert.False((await TakeAsync(full.Id)).Granted);
        Assert.True((await TakeAsync(other.Id)).Granted);
    }

    private Task<SendingAllowance> TakeAsync(Guid id) => Get<TakeSendingAllowance>().HandleAsync(id, Cancel);
}
