using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SetUp;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SetUp;

public sealed class CreateFirstAdminTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    [Fact]
    public async Task Execute_WithTheLink_MakesAnAdminWhoCanSignIn()
    {
        var created = await CreateAsync(await LinkAsync(), "Admin@Example.org");

        Assert.Equal(("admin@example.org", Role.Admin), (created.Value?.Email, created.Value?.Role));
        Assert.Equal(Role.Admin, (await SignInAsync("admin@example.org")).Value?.Role);
    }

    [Fact]
    public async Task Execute_ManyAtOnceWithOneLink_MakesExactlyOneAdmin()
    {
        var link = await LinkAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => CreateAsync(link, $"admin{i}@example.org")));

        Assert.Single(outcomes, outcome => outcome.Succeeded);
        Assert.Equal(1L, await Database.ScalarAsync<long>("SELECT count(*) FROM users"));
    }

    [Fact]
    public async Task Execute_ASecondTime_Refuses()
    {
        var link = await LinkAsync();
        await CreateAsync(link, "admin@example.org");

        Assert.Equal("setup_link_invalid", (await CreateAsync(link, "other@example.org")).Failure?.Code);
    }

    [Fact]
    public async Task Execute_AfterSixtyMinutes_Refuses()
    {
        var link = await LinkAsync();
        Time.Advance(TimeSpan.FromMinutes(60));

        Assert.Equal("setup_link_invalid", (await CreateAsync(link, "admin@example.org")).Failure?.Code);
    }

    [Fact]
    public async Task Execute_WithTheLinkOnceAnAdminExists_Refuses()
    {
        var link = await LinkAsync();
        await AddUserAsync("console@example.org", Role.Admin);

        Assert.Equal("admin_exists", (await CreateAsync(link, "admin@example.org")).Failure?.Code);
    }

    [Theory]
    [InlineData("not an address", null, "email_invalid")]
    [InlineData("admin@example.org", "short", "password_too_short")]
    public async Task Execute_WithWrongInput_SaysWhatAndLeavesTheLinkGood(string email, string? password, string code)
    {
        var link = await LinkAsync();

        Assert.Equal(code, (await CreateAsync(link, email, password)).Failure?.Code);
        Assert.True((await CreateAsync(link, "admin@example.org")).Succeeded);
    }

    [Fact]
    public async Task Execute_WithGuessedLinks_IsThrottled()
    {
        await LinkAsync();
        for (var i = 0; i < 20; i++)
            Assert.Equal("setup_link_invalid", (await CreateAsync($"guess{i}", "admin@example.org")).Failure?.Code);

        Assert.Equal("too_many_attempts", (await CreateAsync("guess", "admin@example.org")).Failure?.Code);
    }

    private async Task<string> LinkAsync() => (await Get<IssueSetupLink>().HandleAsync(Cancel)).Value!.Token;

    private Task<Outcome<CreatedAccount>> CreateAsync(string link, string email, string? password = null) =>
        Get<CreateFirstAdmin>().HandleAsync(new CreateFirstAdminRequest(link, email, password ?? GoodPassword, Ip), Cancel);
}
