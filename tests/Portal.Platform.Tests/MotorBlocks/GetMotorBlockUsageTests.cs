using Portal.Platform.Accounts.Tokens;
using Portal.Platform.MotorBlocks;
using Portal.Testing;

namespace Portal.Platform.Tests.MotorBlocks;

public sealed class GetMotorBlockUsageTests(PostgresCluster cluster) : MotorBlockTest(cluster)
{
    [Fact]
    public async Task Usage_OfOneThatSends_GivesFortyEightHoursAndTheSlidingOne()
    {
        Time.SetUtcNow(new DateTimeOffset(Time.GetUtcNow().Year + 1, 5, 4, 12, 30, 0, TimeSpan.Zero));
        var block = await AddBlockAsync(b => b.RateLimitPerHour = 6);
        await AddMessagesAsync(block.Id, 0, 2);
        await AddMessagesAsync(block.Id, 30, 1);
        await AddMessagesAsync(block.Id, 31, 4);
        await AddMessagesAsync(block.Id, (47 * 60) + 30, 8);
        await AddMessagesAsync(block.Id, (47 * 60) + 31, 16);

        var usage = (await Get<GetMotorBlockUsage>().HandleAsync(Owner, block.Id, Cancel)).Value!;

        Assert.Equal((6, 7, Time.GetUtcNow().AddMinutes(29)), (usage.LimitPerHour, usage.Used, usage.FreeAt));
        Assert.Equal(48, usage.Hours.Count);
        Assert.Equal(
            [(0, 8), (46, 4), (47, 3)],
            usage.Hours.Select((hour, i) => (i, hour.Messages)).Where(hour => hour.Messages > 0));
        Assert.Equal(Time.GetUtcNow().AddMinutes(-30), usage.Hours[^1].Hour);
        Assert.All(usage.Hours.Zip(usage.Hours.Skip(1)), pair => Assert.Equal(TimeSpan.FromHours(1), pair.Second.Hour - pair.First.Hour));
    }

    [Fact]
    public async Task Usage_ByWhoMayNot_IsRefused()
    {
        var block = await AddBlockAsync();
        var usage = Get<GetMotorBlockUsage>();

        Assert.Equal("not_found", (await usage.HandleAsync(Other, block.Id, Cancel)).Failure?.Code);
        Assert.Equal("not_found", (await usage.HandleAsync(Owner, Guid.NewGuid(), Cancel)).Failure?.Code);
        Assert.Equal("scope_missing", (await usage.HandleAsync(TokenWith(TokenScopes.CredentialsWrite), block.Id, Cancel)).Failure?.Code);
    }
}
