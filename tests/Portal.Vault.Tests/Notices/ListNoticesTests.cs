using Portal.Vault.Notices;

namespace Portal.Vault.Tests.Notices;

public sealed class ListNoticesTests(VaultFixture vault) : NoticeTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_OwnNotices_NewestFirstEachOnce()
    {
        var told = new List<Guid>();
        for (var i = 0; i < 3; i++)
            told.Add(await TellAsync(Now.AddMinutes(i - 10)));
        await TellAsync(user: Guid.NewGuid());

        var first = (await Vault.Get<ListNotices>().HandleAsync(new(Owner, Limit: 2), Cancel)).Value!;
        var rest = (await Vault.Get<ListNotices>().HandleAsync(new(Owner, Limit: 2, After: first.Next), Cancel)).Value!;

        Assert.Equal(told.AsEnumerable().Reverse(), first.Items.Concat(rest.Items).Select(n => n.Id));
        Assert.Null(rest.Next);
        Assert.Equal("Laptop", first.Items[0].Detail[NoticeDetails.Name]);
    }

    [Fact]
    public async Task Handle_NotAllowedOrWrongInput_IsRefused()
    {
        Assert.Equal("scope_missing", (await Vault.Get<ListNotices>().HandleAsync(new(With(VaultScopes.VaultboxesWrite)), Cancel)).Problem?.Code);
        Assert.Equal("cursor_malformed", (await Vault.Get<ListNotices>().HandleAsync(new(Owner, After: "x"), Cancel)).Problem?.Code);
    }
}
