using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Administration;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Administration;

public sealed class FindUsersTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    [Theory]
    [InlineData("anna@example.org", "anna@example.org")]
    [InlineData(" ANN", "anna@example.org,anne@example.org")]
    [InlineData("example", "")]
    [InlineData("a%", "")]
    [InlineData("_nna", "")]
    [InlineData(null, "anna@example.org,anne@example.org,bert@example.org")]
    public async Task Find_ByTheBeginningOfTheAddress_GivesThoseAlone(string? text, string found)
    {
        await AddThreeAsync();

        var page = await FindAsync(new FindUsersRequest(text));

        Assert.Equal(found, string.Join(',', page.Items.Select(user => user.Email)));
    }

    [Fact]
    public async Task Find_ByRoleAndState_GivesThoseAlone()
    {
        var (_, anne, bert) = await AddThreeAsync();
        await Get<ChangeRole>().HandleAsync(Actor.Operator, new ChangeRoleRequest(anne, Role.Support), Cancel);
        await Get<SuspendUser>().HandleAsync(Actor.Operator, new SuspendUserRequest(bert, "spam run"), Cancel);

        Assert.Equal(anne, Assert.Single((await FindAsync(new FindUsersRequest(Role: Role.Support))).Items).Id);
        Assert.Equal(bert, Assert.Single((await FindAsync(new FindUsersRequest(Status: AccountStatus.Suspended))).Items).Id);
        Assert.Empty((await FindAsync(new FindUsersRequest(Status: AccountStatus.Deleted))).Items);
    }

    [Fact]
    public async Task Find_PageByPage_GivesEachOnce()
    {
        await AddThreeAsync();

        var first = await FindAsync(new FindUsersRequest(Limit: 2));
        var second = await FindAsync(new FindUsersRequest(Limit: 2, After: first.Next));

        Assert.Equal(["anna@example.org", "anne@example.org"], first.Items.Select(user => user.Email));
        Assert.Equal(["bert@example.org"], second.Items.Select(user => user.Email));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Find_AnAccountWithASession_SaysWhenItWasSeen()
    {
        await AddThreeAsync();
        await SignInAsync("bert@example.org");

        var users = (await FindAsync(new FindUsersRequest())).Items;

        Assert.Equal(Time.GetUtcNow(), users[2].LastSeenAt!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Null(users[0].LastSeenAt);
    }

    [Fact]
    public async Task Find_WhatCannotBe_IsRefused()
    {
        Assert.Equal("limit_out_of_range", (await AskAsync(Actor.Operator, new FindUsersRequest(Limit: 201))).Failure?.Code);
        Assert.Equal("cursor_malformed", (await AskAsync(Actor.Operator, new FindUsersRequest(After: "!"))).Failure?.Code);
        Assert.Equal("cursor_malformed", (await AskAsync(Actor.Operator, new FindUsersRequest(After: "AA"))).Failure?.Code);
        Assert.Equal(AccountFailures.NotFound, (await AskAsync(Person(Guid.NewGuid(), Role.Support), new FindUsersRequest())).Failure);
    }

    private async Task<(Guid Anna, Guid Anne, Guid Bert)> AddThreeAsync() =>
        (await AddUserAsync("anna@example.org"), await AddUserAsync("anne@example.org"), await AddUserAsync("bert@example.org"));

    private async Task<FoundUsers> FindAsync(FindUsersRequest request) => (await AskAsync(Actor.Operator, request)).Value!;

    private Task<Outcome<FoundUsers>> AskAsync(Actor actor, FindUsersRequest request) => Get<FindUsers>().HandleAsync(actor, request, Cancel);
}
