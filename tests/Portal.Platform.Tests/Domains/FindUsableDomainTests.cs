using Portal.Platform.Accounts;
using Portal.Platform.Domains;
using Portal.Testing;

namespace Portal.Platform.Tests.Domains;

public sealed class FindUsableDomainTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    [Theory]
    [InlineData(true, true, false, true)]
    [InlineData(true, false, false, false)]
    [InlineData(false, true, false, false)]
    [InlineData(false, true, true, true)]
    [InlineData(false, false, true, false)]
    public async Task Execute_ByOwnershipProofAndSharing_Decides(bool owned, bool verified, bool shared, bool found)
    {
        var mine = await AddUserAsync("me@example.org");
        await AddUserAsync("other@example.org");
        await AddAsync("example.net", owned ? "me@example.org" : "other@example.org", verified, shared);

        var outcome = await FindAsync(mine, "EXAMPLE.net.");

        Assert.Equal(found, outcome.Succeeded);
    }

    [Fact]
    public async Task Execute_ForAnAccountThatIsGone_FindsNothing()
    {
        var mine = await AddUserAsync("me@example.org");
        await AddAsync("example.net", "me@example.org", true, true);

        Assert.True((await FindAsync(mine, "example.net")).Succeeded);
        Assert.Equal("domain_unknown", (await FindAsync(Guid.NewGuid(), "example.net")).Failure?.Code);
        await Database.ExecuteAsync("UPDATE users SET status = 'suspended'");
        Assert.Equal("domain_unknown", (await FindAsync(mine, "example.net")).Failure?.Code);
    }

    private Task<Outcome<UsableDomain>> FindAsync(Guid userId, string domain) =>
        Get<FindUsableDomain>().HandleAsync(Person(userId, Role.User), domain, Cancel);

    private Task AddAsync(string domain, string owner, bool verified, bool shared) =>
        Get<AddDomain>().HandleAsync(Actor.Operator, new AddDomainRequest(domain, owner, verified, shared), Cancel);
}
