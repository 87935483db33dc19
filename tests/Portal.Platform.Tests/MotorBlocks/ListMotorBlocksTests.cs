using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.MotorBlocks;
using Portal.Testing;

namespace Portal.Platform.Tests.MotorBlocks;

public sealed class ListMotorBlocksTests(PostgresCluster cluster) : MotorBlockTest(cluster)
{
    [Fact]
    public async Task List_OfAnAccount_GivesItsLiveOnesWithTheirState()
    {
        await AddBlockAsync(block => (block.Label, block.ExpiresAt) = ("expired", Time.GetUtcNow()));
        await AddBlockAsync(block => (block.Label, block.SmtpEnabled) = ("paused", false));
        await AddBlockAsync(block => (block.Label, block.Domain) = ("astray", "lost.example"));
        await AddBlockAsync(block => (block.Label, block.RevokedAt) = ("revoked", Time.GetUtcNow()));

        var page = await Get<ListMotorBlocks>().HandleAsync(Owner, new ListMotorBlocksRequest(), Cancel);

        Assert.Equal(
            ["astray:Active:False", "expired:Expired:True", "paused:Paused:True"],
            page.Value!.Items.Select(block => $"{block.Label}:{block.State}:{block.DomainIsVerified}").Order(StringComparer.Ordinal));
        Assert.Empty((await Get<ListMotorBlocks>().HandleAsync(Other, new ListMotorBlocksRequest(), Cancel)).Value!.Items);
    }

    [Fact]
    public async Task List_PageByPage_GivesEachOnceNewestFirst()
    {
        for (var i = 0; i < 5; i++)
        {
            await AddBlockAsync(block => block.Label = $"{i}");
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Get<ListMotorBlocks>().HandleAsync(Owner, new ListMotorBlocksRequest(2, cursor), Cancel);
            seen.AddRange(page.Value!.Items.Select(block => block.Label));
            cursor = page.Value.Next;
        }
        while (cursor is not null);

        Assert.Equal(["4", "3", "2", "1", "0"], seen);
    }

    [Fact]
    public async Task List_OfOneThatSends_CountsTheLastSixtyMinutes()
    {
        var block = await AddBlockAsync();
        await AddMessagesAsync(block.Id, 60, 5);
        await AddMessagesAsync(block.Id, 59, 2);
        await AddMessagesAsync(block.Id, 0, 1);

        var page = await Get<ListMotorBlocks>().HandleAsync(Owner, new ListMotorBlocksRequest(), Cancel);

        Assert.Equal(3, Assert.Single(page.Value!.Items).UsedLastHour);
    }

    [Theory]
    [InlineData(0, null, "limit_out_of_range")]
    [InlineData(201, null, "limit_out_of_range")]
    [InlineData(10, "nonsense", "cursor_malformed")]
    public async Task List_WithWrongPaging_SaysWhat(int limit, string? after, string code) =>
        Assert.Equal(code, (await Get<ListMotorBlocks>().HandleAsync(Owner, new ListMotorBlocksRequest(limit, after), Cancel)).Failure?.Code);

    [Fact]
    public async Task List_ByWhoMayNot_IsRefused()
    {
        var list = Get<ListMotorBlocks>();

        Assert.Equal("not_found", (await list.HandleAsync(Actor.Stranger, new ListMotorBlocksRequest(), Cancel)).Failure?.Code);
        Assert.Equal("scope_missing", (await list.HandleAsync(TokenWith(TokenScopes.CredentialsWrite), new ListMotorBlocksRequest(), Cancel)).Failure?.Code);
        Assert.True((await list.HandleAsync(StaleOwner, new ListMotorBlocksRequest(), Cancel)).Succeeded);
    }
}
