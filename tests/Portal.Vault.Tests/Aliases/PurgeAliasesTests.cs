using Portal.Vault.Aliases;

namespace Portal.Vault.Tests.Aliases;

public sealed class PurgeAliasesTests(VaultFixture vault) : AliasTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_DeletedThirtyDaysAgo_FreesTheAddressOfThoseAlone()
    {
        var (old, live) = (await AddAsync(), await AddAsync());
        await ChangeAsync(AliasActions.Delete, old.Id);
        Vault.Time.Advance(TimeSpan.FromDays(1));
        var young = await AddAsync();
        await ChangeAsync(AliasActions.Delete, young.Id);
        Vault.Time.Advance(TimeSpan.FromDays(29));

        Assert.Equal(1, await PurgeAsync());

        Assert.Equal(("active", "deleted"), (await StateAsync(live), await StateAsync(young)));
        Assert.True((await TryAddAsync(old.LocalPart)).Succeeded);
        Assert.Equal(0, await PurgeAsync());
    }

    [Fact]
    public async Task Handle_MoreThanABatch_PurgesAll()
    {
        const int many = PurgeAliases.Batch + 7;
        Vault.Time.Advance(TimeSpan.FromDays(31));
        await PurgeAsync();
        await FillAsync(many, deleted: true);

        Assert.Equal(many, await PurgeAsync());
    }

    private Task<int> PurgeAsync() => Vault.Get<PurgeAliases>().HandleAsync(Cancel);
}
