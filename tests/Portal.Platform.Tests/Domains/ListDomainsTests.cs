using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.Domains;
using Portal.Testing;

namespace Portal.Platform.Tests.Domains;

public sealed class ListDomainsTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    [Fact]
    public async Task Execute_ForAnAccount_ListsItsOwnAndTheSharedVerifiedOnly()
    {
        var actor = await SeedAsync();

        var page = await Get<ListDomains>().HandleAsync(actor, new ListDomainsRequest(), Cancel);

        Assert.Equal(
            ["mine.example:True", "mine.example:False", "ours.example:False"],
            page.Value!.Items.OrderBy(d => d.Domain, StringComparer.Ordinal).ThenByDescending(d => d.Owned).Select(d => $"{d.Domain}:{d.Owned}"),
            StringComparer.Ordinal);
        Assert.Null(page.Value.Next);
    }

    [Fact]
    public async Task Execute_PageByPage_GivesEachOnceEvenOfOneName()
    {
        var actor = await SeedAsync();
        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await Get<ListDomains>().HandleAsync(actor, new ListDomainsRequest(1, cursor), Cancel);
            seen.AddRange(page.Value!.Items.Select(d => d.Id));
            cursor = page.Value.Next;
        }
        while (cursor is not null);

        Assert.Equal(3, seen.Count);
        Assert.Equal(3, seen.Distinct().Count());
    }

    [Theory]
    [InlineData(0, null, "limit_out_of_range")]
    [InlineData(201, null, "limit_out_of_range")]
    [InlineData(10, "nonsense", "cursor_malformed")]
    [InlineData(10, "a~b", "cursor_malformed")]
    public async Task Execute_WithWrongPaging_SaysWhat(int limit, string? after, string code)
    {
        var page = await Get<ListDomains>().HandleAsync(Person(Guid.NewGuid(), Role.User), new ListDomainsRequest(limit, after), Cancel);

        Assert.Equal(code, page.Failure?.Code);
    }

    [Fact]
    public async Task Execute_WithATokenForSomethingElse_Refuses()
    {
        var actor = Actor.Token(Guid.NewGuid(), Role.User, new HashSet<string>([TokenScopes.MessagesRead], StringComparer.Ordinal));

        Assert.Equal("scope_missing", (await Get<ListDomains>().HandleAsync(actor, new ListDomainsRequest(), Cancel)).Failure?.Code);
    }

    private async Task<Actor> SeedAsync()
    {
        var me = await AddUserAsync("me@example.org");
        await AddUserAsync("other@example.org");
        await AddAsync("mine.example", "me@example.org", false, false);
        await AddAsync("mine.example", "other@example.org", true, true);
        await AddAsync("ours.example", "other@example.org", true, true);
        await AddAsync("theirs.example", "other@example.org", true, false);
        await AddAsync("unproved.example", "other@example.org", false, true);
        return Person(me, Role.User);
    }

    private async Task AddAsync(string domain, string owner, bool verified, bool shared) =>
        Assert.True((await Get<AddDomain>().HandleAsync(Actor.Operator, new AddDomainRequest(domain, owner, verified, shared), Cancel)).Succeeded);
}
