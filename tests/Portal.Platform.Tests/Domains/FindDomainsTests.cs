using Portal.Platform.Accounts;
using Portal.Platform.Domains;
using Portal.Testing;

namespace Portal.Platform.Tests.Domains;

public sealed class FindDomainsTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    private const string Owner = "owner@example.org";

    [Theory]
    [InlineData(null, null, false, "alpha.test beta.test beta2.test")]
    [InlineData("BETA", null, false, "beta.test beta2.test")]
    [InlineData("eta", null, false, "")]
    [InlineData("%", null, false, "")]
    [InlineData(null, VerificationStatus.Verified, false, "alpha.test beta.test")]
    [InlineData(null, VerificationStatus.Pending, false, "beta2.test")]
    [InlineData(null, null, true, "alpha.test")]
    public async Task Find_Filters_NarrowByBeginningStateAndSharing(string? text, VerificationStatus? status, bool onlyShared, string names)
    {
        await SeedAsync();

        var found = await FindAsync(new FindDomainsRequest(text, status, onlyShared));

        Assert.Equal(names, string.Join(' ', found.Items.Select(d => d.Domain)));
        Assert.All(found.Items, d => Assert.Equal(Owner, d.OwnerEmail));
    }

    [Fact]
    public async Task Find_PageByPage_GivesEachOnce()
    {
        await SeedAsync();

        var first = await FindAsync(new FindDomainsRequest(Limit: 2));
        var second = await FindAsync(new FindDomainsRequest(Limit: 2, After: first.Next));

        Assert.Equal(["alpha.test", "beta.test", "beta2.test"], first.Items.Concat(second.Items).Select(d => d.Domain));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Find_WrongInput_IsNamed()
    {
        Assert.Equal("limit_out_of_range", (await Get<FindDomains>().HandleAsync(Actor.Operator, new FindDomainsRequest(Limit: 201), Cancel)).Failure?.Code);
        foreach (var cursor in new[] { "x", "a~b", "\0~00000000000000000000000000000000" })
            Assert.Equal("cursor_malformed", (await Get<FindDomains>().HandleAsync(Actor.Operator, new FindDomainsRequest(After: cursor), Cancel)).Failure?.Code);
    }

    [Fact]
    public async Task Verify_WithAReason_MakesItUsableAndTellsTheOwner()
    {
        await SeedAsync();
        var pending = (await FindAsync(new FindDomainsRequest("beta2"))).Items.Single();

        var verified = await VerifyAsync(pending.Id, " Their contract names it ");

        Assert.True(verified.Succeeded);
        var after = (await FindAsync(new FindDomainsRequest(Id: pending.Id))).Items.Single();
        Assert.Equal((VerificationStatus.Verified, "Their contract names it", (DateTimeOffset?)Time.GetUtcNow().AddTicks(-(Time.GetUtcNow().Ticks % 10))), (after.VerificationStatus, after.VerifiedReason, after.VerifiedAt));
        Assert.Contains("Their contract names it", await LastMailAsync("domain-verified", Owner), StringComparison.Ordinal);
        Assert.Equal(VerifyDomain.Already, (await VerifyAsync(pending.Id, "again")).Failure);
    }

    [Fact]
    public async Task Verify_WithoutAReasonUnknownOrTaken_IsRefused()
    {
        await SeedAsync();
        var other = await AddUserAsync("other@example.org");
        var rival = Guid.NewGuid();
        await Database.ExecuteAsync($"INSERT INTO domains (id, user_id, domain) VALUES ('{rival}', '{other}', 'beta.test')");

        Assert.Equal(VerifyDomain.ReasonMissing, (await VerifyAsync(rival, " ")).Failure);
        Assert.Equal("reason_too_long", (await VerifyAsync(rival, new string('x', 201))).Failure?.Code);
        Assert.Equal(AccountFailures.NotFound, (await VerifyAsync(Guid.NewGuid(), "why")).Failure);
        Assert.Equal(VerifyDomain.Taken, (await VerifyAsync(rival, "why")).Failure);
        Assert.Empty(await MailsAsync("domain-verified", "other@example.org"));
    }

    [Fact]
    public async Task Share_OfAProvedDomain_OpensAndClosesIt()
    {
        await SeedAsync();
        var (beta, pending) = ((await FindAsync(new FindDomainsRequest("beta.test"))).Items[0].Id, (await FindAsync(new FindDomainsRequest("beta2"))).Items[0].Id);

        Assert.True((await ShareAsync(beta, true)).Value?.Shared);
        Assert.Contains("every account", await LastMailAsync("domain-shared", Owner), StringComparison.Ordinal);
        Assert.Equal(2, (await FindAsync(new FindDomainsRequest(OnlyShared: true))).Items.Count);
        Assert.False((await ShareAsync(beta, false)).Value?.Shared);
        Assert.Equal(ShareDomain.NotVerified, (await ShareAsync(pending, true)).Failure);
        Assert.Equal(AccountFailures.NotFound, (await ShareAsync(Guid.NewGuid(), true)).Failure);
    }

    private async Task<FoundDomains> FindAsync(FindDomainsRequest request) => (await Get<FindDomains>().HandleAsync(Actor.Operator, request, Cancel)).Value!;

    private Task<Outcome<VouchedDomain>> VerifyAsync(Guid id, string? reason) => Get<VerifyDomain>().HandleAsync(Actor.Operator, new VerifyDomainRequest(id, reason), Cancel);

    private Task<Outcome<SharedDomain>> ShareAsync(Guid id, bool shared) => Get<ShareDomain>().HandleAsync(Actor.Operator, new ShareDomainRequest(id, shared), Cancel);

    private async Task SeedAsync()
    {
        await AddUserAsync(Owner);
        foreach (var (name, verified, shared) in new[] { ("beta2.test", false, false), ("alpha.test", true, true), ("beta.test", true, false) })
            await Get<AddDomain>().HandleAsync(Actor.Operator, new AddDomainRequest(name, Owner, verified, shared), Cancel);
    }
}
