using Portal.Platform.Accounts;
using Portal.Platform.Domains;
using Portal.Testing;

namespace Portal.Platform.Tests.Domains;

public sealed class AddDomainTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    private const string Owner = "owner@example.org";

    [Theory]
    [InlineData(false, false, VerificationStatus.Pending)]
    [InlineData(true, true, VerificationStatus.Verified)]
    public async Task Execute_ForAnOwner_AddsTheDomain(bool verified, bool shared, VerificationStatus status)
    {
        await AddUserAsync(Owner);

        var added = await AddAsync("BÜCHER.example", Owner, verified, shared);

        Assert.Equal(("xn--bcher-kva.example", status, shared), (added.Value!.Domain, added.Value.VerificationStatus, added.Value.Shared));
    }

    [Fact]
    public async Task Execute_AgainWithMore_RaisesTheEntryAndThenRefuses()
    {
        await AddUserAsync(Owner);
        var first = await AddAsync("example.net", Owner);

        var raised = await AddAsync("example.net", Owner, verified: true);
        var again = await AddAsync("example.net", Owner, verified: true);

        Assert.Equal((first.Value!.Id, VerificationStatus.Verified), (raised.Value!.Id, raised.Value.VerificationStatus));
        Assert.Equal("domain_exists", again.Failure?.Code);
    }

    [Fact]
    public async Task Execute_VerifiedForTwoOwners_RefusesTheSecond()
    {
        await AddUserAsync(Owner);
        await AddUserAsync("other@example.org");
        await AddAsync("example.net", Owner, verified: true);

        Assert.Equal("domain_taken", (await AddAsync("example.net", "other@example.org", verified: true)).Failure?.Code);
        Assert.True((await AddAsync("example.net", "other@example.org")).Succeeded);
    }

    [Theory]
    [InlineData("no domain", Owner, "domain_malformed")]
    [InlineData("example.net", "nobody@example.org", "user_unknown")]
    public async Task Execute_WithWrongInput_SaysWhat(string domain, string owner, string code)
    {
        await AddUserAsync(Owner);

        Assert.Equal(code, (await AddAsync(domain, owner)).Failure?.Code);
    }

    [Fact]
    public async Task Execute_ByOneWhoIsNoAdmin_Refuses()
    {
        var actor = Person(await AddUserAsync(Owner), Role.User);

        var refused = await Get<AddDomain>().HandleAsync(actor, new AddDomainRequest("example.net", Owner, true, true), Cancel);

        Assert.Equal("not_found", refused.Failure?.Code);
    }

    private Task<Outcome<AddedDomain>> AddAsync(string domain, string owner, bool verified = false, bool shared = false) =>
        Get<AddDomain>().HandleAsync(Actor.Operator, new AddDomainRequest(domain, owner, verified, shared), Cancel);
}
