using Portal.Vault.Aliases;

namespace Portal.Vault.Tests.Aliases;

public sealed class AddCatchAllTests(VaultFixture vault) : AliasTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_OfADomain_IsMadeOnce()
    {
        var other = await Vault.NewVaultboxAsync(owner: Owner);

        var made = await AddCatchAllAsync("own.test");

        Assert.Equal(("*@own.test", "catch_all", "active"), (made.Address, made.Kind, made.State));
        Assert.Equal("catch_all_taken", (await TryAsync("own.test", box: other.Id)).Problem?.Code);
    }

    [Fact]
    public async Task Handle_AfterItWasDeleted_AsksToRestoreIt()
    {
        var made = await AddCatchAllAsync("again.test");
        await ChangeAsync(AliasActions.Delete, made.Id);

        Assert.Equal("alias_deleted", (await TryAsync("again.test")).Problem?.Code);
    }

    [Fact]
    public async Task Handle_NotAllowed_IsRefused()
    {
        Assert.Equal("not_found", (await TryAsync("own2.test", Vault.Stranger)).Problem?.Code);
        Assert.Equal("scope_missing", (await TryAsync("own2.test", Reader)).Problem?.Code);
        Assert.Equal("expiry_past", (await TryAsync("own2.test", terms: new(ExpiresAt: Now))).Problem?.Code);
        await FillAsync(AliasStore.MostLive);
        Assert.Equal("aliases_too_many", (await TryAsync("own2.test")).Problem?.Code);
    }

    private Task<VaultResult<AliasView>> TryAsync(string domain, VaultActor? actor = null, Guid? box = null, AliasTerms? terms = null) =>
        Vault.Get<AddCatchAll>().HandleAsync(new(actor ?? Owner, box ?? Box.Id, domain, terms ?? new()), Cancel);
}
