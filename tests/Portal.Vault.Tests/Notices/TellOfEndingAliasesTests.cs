using Portal.Vault.Aliases;
using Portal.Vault.Credentials;
using Portal.Vault.Notices;
using Portal.Vault.Tests.Aliases;

namespace Portal.Vault.Tests.Notices;

public sealed class TellOfEndingAliasesTests(VaultFixture vault) : AliasTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_EndWithinThreeDays_IsToldOnce()
    {
        var soon = await AddAsync(terms: new(ExpiresAt: Now.AddDays(3)));
        await AddAsync(terms: new(ExpiresAt: Now.AddDays(4)));
        await AddAsync();

        await TellAsync();
        await TellAsync();

        var notice = Assert.Single(await ToldAsync());
        Assert.Equal((NoticeKinds.AliasEnding, Box.Id), (notice.Kind, notice.VaultboxId));
        Assert.Equal((soon.Address, "1"), (notice.Detail[NoticeDetails.Address], notice.Detail[NoticeDetails.Count]));
        var until = DateTimeOffset.Parse(notice.Detail[NoticeDetails.Until], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(soon.ExpiresAt!.Value, until, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Handle_ManyWithOneEnd_AreOneNotice()
    {
        var until = Now.AddDays(2);
        for (var i = 0; i < 3; i++)
            await AddAsync($"many{i}-{Guid.NewGuid():n}", new(ExpiresAt: until));

        await TellAsync();

        Assert.Equal("3", Assert.Single(await ToldAsync()).Detail[NoticeDetails.Count]);
    }

    [Fact]
    public async Task Handle_ChangedEnd_IsToldAnew()
    {
        var alias = await AddAsync(terms: new(ExpiresAt: Now.AddDays(1)));
        await TellAsync();
        await Vault.Get<UpdateAlias>().HandleAsync(new(Owner, Box.Id, alias.Id, ExpiresAt: Change<DateTimeOffset?>.To(Now.AddDays(2))), Cancel);

        await TellAsync();

        Assert.Equal(2, (await ToldAsync()).Count);
    }

    [Fact]
    public async Task Handle_OnesThatTakeNoMailAnyway_AreNotTold()
    {
        var (paused, deleted, used) = (await EndingAsync(), await EndingAsync(), await AddAsync(terms: new(ExpiresAt: Now.AddDays(1), MaxMessages: 1)));
        await ChangeAsync(AliasActions.Pause, paused.Id);
        await ChangeAsync(AliasActions.Delete, deleted.Id);
        await DeliverAsync(used.LocalPart);
        Vault.Time.Advance(TimeSpan.FromSeconds(1));

        await TellAsync();

        Assert.Empty(await ToldAsync());
    }

    private Task<AliasView> EndingAsync() => AddAsync(terms: new(ExpiresAt: Now.AddDays(1)));

    private Task<int> TellAsync() => Vault.Get<TellOfEndingAliases>().HandleAsync(Cancel);

    private async Task<IReadOnlyList<NoticeView>> ToldAsync() =>
        [.. (await Vault.Get<ListNotices>().HandleAsync(new(Owner), Cancel)).Value!.Items.Where(n => n.Kind == NoticeKinds.AliasEnding)];
}
