using Portal.Vault.Aliases;

namespace Portal.Vault.Tests.Aliases;

public sealed class FindAliasIdsTests(VaultFixture vault) : AliasTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_SearchAndState_NameThoseThatMatchAndNeverThePrimary()
    {
        var (one, two, other) = (await AddAsync("needle-one"), await AddAsync("needle-two"), await AddAsync());
        await ChangeAsync(AliasActions.Pause, two.Id);

        Assert.Equal(new[] { one.Id, two.Id, other.Id }.Order(), (await FindAsync()).Value!.Order());
        Assert.Equal(new[] { one.Id, two.Id }.Order(), (await FindAsync("needle")).Value!.Order());
        Assert.Equal([two.Id], (await FindAsync("needle", "paused")).Value!);
    }

    [Fact]
    public async Task Handle_MoreThanAPage_NamesAll()
    {
        await FillAsync(1_200);

        Assert.Equal(1_200, (await FindAsync("filled.test")).Value!.Count);
    }

    [Fact]
    public async Task Handle_NotAllowedOrWrongInput_IsRefused()
    {
        Assert.Equal("not_found", (await FindAsync(actor: Vault.Stranger)).Problem?.Code);
        Assert.Equal("scope_missing", (await FindAsync(actor: Writer)).Problem?.Code);
        Assert.Equal("state_unknown", (await FindAsync(state: "asleep")).Problem?.Code);
    }

    private Task<VaultResult<IReadOnlyList<Guid>>> FindAsync(string? search = null, string? state = null, VaultActor? actor = null) =>
        Vault.Get<FindAliasIds>().HandleAsync(new(actor ?? Owner, Box.Id, search, state), Cancel);
}
