using Portal.Vault.Domains;

namespace Portal.Vault.Tests.Domains;

public sealed class MirrorMailDomainsTests(VaultFixture vault) : IClassFixture<VaultFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handle_ChangedSet_IsWhatWasToldLast()
    {
        Assert.Equal(3, await MirrorAsync(("stays.test", true), ("turns.test", false), ("goes.test", true)));

        Assert.Equal(3, await MirrorAsync(("stays.test", true), ("turns.test", true), ("comes.test", false)));

        Assert.Equal("comes.test false, stays.test true, turns.test true", await ListAsync());
        Assert.Equal(0, await MirrorAsync(("comes.test", false), ("stays.test", true), ("turns.test", true)));
        Assert.Equal(3, await MirrorAsync());
        Assert.Null(await ListAsync());
    }

    [Fact]
    public async Task Handle_ReadThatFails_LeavesWhatWasKnown()
    {
        await MirrorAsync(("known.test", true));

        await Assert.ThrowsAsync<TimeoutException>(() => vault.Get<MirrorMailDomains>().HandleAsync(_ => throw new TimeoutException(), Cancel));

        Assert.Equal("known.test true", await ListAsync());
        await MirrorAsync();
    }

    private Task<int> MirrorAsync(params (string Domain, bool Shared)[] domains) => vault.Get<MirrorMailDomains>().HandleAsync(
        _ => Task.FromResult<IReadOnlyList<MailDomain>>([.. domains.Select(d => new MailDomain { Domain = d.Domain, Shared = d.Shared })]), Cancel);

    private Task<string?> ListAsync() => vault.Database.ScalarAsync<string>("SELECT string_agg(domain || ' ' || shared, ', ' ORDER BY domain) FROM mail_domains");
}
