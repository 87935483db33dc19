using Portal.Vault.Aliases;
using Portal.Vault.Submission;
using Portal.Vault.Tests.Aliases;

namespace Portal.Vault.Tests.Submission;

public sealed class ListOwnAddressesTests(VaultFixture vault) : AliasTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_ActiveAliases_AreOwnWithAnyTag()
    {
        var alias = await AddAsync();

        var own = await OwnAsync();

        Assert.True(own.Contains(Box.Address));
        Assert.True(own.Contains(alias.Address.ToUpperInvariant()));
        Assert.True(own.Contains($"{alias.LocalPart}+news+x@vault.test"));
        Assert.False(own.Contains($"{alias.LocalPart}x@vault.test"));
        Assert.False(own.Contains($"{alias.LocalPart}@vault.test+x"));
        Assert.False(own.Contains($"+{alias.LocalPart}@vault.test"));
        Assert.False(own.Contains(alias.LocalPart));
        Assert.False(own.Contains(string.Empty));
    }

    [Fact]
    public async Task Handle_PausedEndedDeletedAndCaught_AreNotOwn()
    {
        var (paused, expired, deleted) = (await AddAsync(), await AddAsync(null, new(ExpiresAt: Now.AddDays(1))), await AddAsync());
        await AddCatchAllAsync("caught.test");
        await ChangeAsync(AliasActions.Pause, paused.Id);
        await ChangeAsync(AliasActions.Delete, deleted.Id);
        Vault.Time.Advance(TimeSpan.FromDays(1));

        var own = await OwnAsync();

        Assert.All([paused.Address, expired.Address, deleted.Address, "any@caught.test", "*@caught.test"], address => Assert.False(own.Contains(address), address));
    }

    private Task<OwnAddresses> OwnAsync() => new ListOwnAddresses(Vault.Get<Microsoft.EntityFrameworkCore.IDbContextFactory<VaultContext>>(), Vault.Time).HandleAsync(Box.Id, Cancel);
}
