using Portal.Platform.Accounts;
using Portal.Platform.Domains;
using Portal.Testing;

namespace Portal.Platform.Tests.Domains;

public sealed class ListVerifiedDomainsTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    [Fact]
    public async Task Execute_ClaimedProvenAndShared_NamesTheProvenOnesOnce()
    {
        await AddUserAsync("me@example.org");
        await AddUserAsync("other@example.org");
        await AddAsync("shared.example", "me@example.org", verified: true, shared: true);
        await AddAsync("own.example", "me@example.org", verified: true, shared: false);
        await AddAsync("own.example", "other@example.org", verified: false, shared: false);
        await AddAsync("claimed.example", "other@example.org", verified: false, shared: true);

        Assert.Equal([new VerifiedDomain("own.example", false), new VerifiedDomain("shared.example", true)], await Get<ListVerifiedDomains>().HandleAsync(Cancel));
    }

    private async Task AddAsync(string domain, string owner, bool verified, bool shared) =>
        Assert.True((await Get<AddDomain>().HandleAsync(Actor.Operator, new AddDomainRequest(domain, owner, verified, shared), Cancel)).Succeeded);
}
