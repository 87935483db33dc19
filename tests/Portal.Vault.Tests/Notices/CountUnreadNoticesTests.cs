using Portal.Vault.Notices;

namespace Portal.Vault.Tests.Notices;

public sealed class CountUnreadNoticesTests(VaultFixture vault) : NoticeTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_SomeRead_CountsTheOthersOfOneOwner()
    {
        await TellAsync();
        await TellAsync();
        await TellAsync(readAt: Now);
        await TellAsync(user: Guid.NewGuid());

        Assert.Equal(2, (await Vault.Get<CountUnreadNotices>().HandleAsync(new(Owner), Cancel)).Value);
    }

    [Fact]
    public async Task Handle_WithoutScope_IsRefused() =>
        Assert.Equal("scope_missing", (await Vault.Get<CountUnreadNotices>().HandleAsync(new(With(VaultScopes.VaultboxesWrite)), Cancel)).Problem?.Code);
}
