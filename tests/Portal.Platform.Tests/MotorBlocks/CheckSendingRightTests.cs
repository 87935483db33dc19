using Portal.Platform.MotorBlocks;
using Portal.Testing;

namespace Portal.Platform.Tests.MotorBlocks;

public sealed class CheckSendingRightTests(PostgresCluster cluster) : MotorBlockTest(cluster)
{
    [Fact]
    public async Task Check_OfOneThatMaySend_GrantsWithDomainAndUse()
    {
        StartMinute();
        var block = await AddBlockAsync(b => b.RateLimitPerHour = 5);
        await AddMessagesAsync(block.Id, 59, 4);
        await AddMessagesAsync(block.Id, 60, 9);

        Assert.Equal(new SendingRight(SendingRightStatus.Granted, DomainName, 5, 4, null), await CheckAsync(block.Id));
    }

    [Theory]
    [InlineData("UPDATE motor_blocks SET revoked_at = now()")]
    [InlineData("UPDATE motor_blocks SET smtp_enabled = false")]
    [InlineData("UPDATE motor_blocks SET expires_at = now() - interval '1 day'")]
    [InlineData("UPDATE users SET status = 'suspended'")]
    [InlineData("UPDATE users SET status = 'deleted'")]
    public async Task Check_OfOneThatEnded_SaysEnded(string sql)
    {
        var block = await AddBlockAsync();
        await Database.ExecuteAsync(sql);

        Assert.Equal(SendingRightStatus.Ended, (await CheckAsync(block.Id)).Status);
    }

    [Fact]
    public async Task Check_OfAnUnknownOne_SaysEnded() =>
        Assert.Equal(new SendingRight(SendingRightStatus.Ended, null, 0, 0, null), await CheckAsync(Guid.NewGuid()));

    [Theory]
    [InlineData("DELETE FROM domains")]
    [InlineData("UPDATE domains SET verification_status = 'failed'")]
    [InlineData("UPDATE motor_blocks SET domain = NULL")]
    [InlineData("WITH other AS (INSERT INTO users (email) VALUES ('x@example.org') RETURNING id) UPDATE domains SET shared = true, user_id = other.id FROM other")]
    public async Task Check_WithADomainThatIsNotOwnAndVerified_SaysSo(string sql)
    {
        var block = await AddBlockAsync();
        await Database.ExecuteAsync(sql);

        Assert.Equal(SendingRightStatus.DomainNotVerified, (await CheckAsync(block.Id)).Status);
    }

    [Fact]
    public async Task Check_AtTheLimit_SaysWhenThereIsRoom()
    {
        StartMinute();
        var block = await AddBlockAsync(b => b.RateLimitPerHour = 3);
        await AddMessagesAsync(block.Id, 40, 1);
        await AddMessagesAsync(block.Id, 10, 2);

        var right = await CheckAsync(block.Id);
        Assert.Equal((SendingRightStatus.LimitReached, 3, Time.GetUtcNow().AddMinutes(20)), (right.Status, right.Used, right.FreeAt));
        Time.SetUtcNow(right.FreeAt!.Value);

        Assert.Equal(SendingRightStatus.Granted, (await CheckAsync(block.Id)).Status);
    }

    private Task<SendingRight> CheckAsync(Guid id) => Get<CheckSendingRight>().HandleAsync(id, Cancel);
}
