using Portal.Vault.Notices;

namespace Portal.Vault.Tests.Notices;

public sealed class PurgeNoticesTests(VaultFixture vault) : NoticeTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_OldOnes_GoWhenReadLongAgoOrAYearOld()
    {
        var kept = new[] { await TellAsync(), await TellAsync(Now.AddDays(-364)), await TellAsync(Now.AddDays(-100), readAt: Now.AddDays(-89)) };
        await TellAsync(Now.AddDays(-100), readAt: Now.AddDays(-90).AddSeconds(-1));
        await TellAsync(Now.AddDays(-365).AddSeconds(-1));

        Assert.Equal(2, await Vault.Get<PurgeNotices>().HandleAsync(Cancel));
        Assert.Equal(0, await Vault.Get<PurgeNotices>().HandleAsync(Cancel));

        Assert.Equal(kept.Order(), (await ListAsync()).Select(n => n.Id).Order());
        Assert.Equal(3, await LeftAsync());
    }
}
