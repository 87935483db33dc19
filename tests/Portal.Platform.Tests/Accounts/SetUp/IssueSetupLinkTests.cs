using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SetUp;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SetUp;

public sealed class IssueSetupLinkTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    [Fact]
    public async Task Execute_WithoutAdmin_GivesALinkForSixtyMinutesAndKeepsOnlyItsHash()
    {
        var issued = await Get<IssueSetupLink>().HandleAsync(Cancel);

        Assert.Equal(Time.GetUtcNow().AddMinutes(60), issued.Value!.ExpiresAt);
        Assert.True(await Get<CreateFirstAdmin>().IsLinkValidAsync(issued.Value.Token, Ip, Cancel));
        Assert.Equal(0L, await Database.ScalarAsync<long>($"SELECT count(*) FROM setup_links s WHERE s::text LIKE '%{issued.Value.Token}%'"));
    }

    [Fact]
    public async Task Execute_Again_EndsTheOlderLink()
    {
        var older = await Get<IssueSetupLink>().HandleAsync(Cancel);
        var newer = await Get<IssueSetupLink>().HandleAsync(Cancel);

        Assert.False(await Get<CreateFirstAdmin>().IsLinkValidAsync(older.Value!.Token, Ip, Cancel));
        Assert.True(await Get<CreateFirstAdmin>().IsLinkValidAsync(newer.Value!.Token, Ip, Cancel));
    }

    [Fact]
    public async Task Execute_WithAnAdmin_Refuses()
    {
        await AddUserAsync("admin@example.org", Role.Admin);

        Assert.Equal("admin_exists", (await Get<IssueSetupLink>().HandleAsync(Cancel)).Failure?.Code);
    }

    [Fact]
    public async Task Execute_WithOnlyAUser_GivesALink()
    {
        await AddUserAsync("user@example.org");

        Assert.True((await Get<IssueSetupLink>().HandleAsync(Cancel)).Succeeded);
    }
}
