using Portal.Vault.Aliases;

namespace Portal.Vault.Tests.Aliases;

public sealed class CountAliasesTests(VaultFixture vault) : AliasTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_EachState_IsCountedAndTheDeletedAreNotLive()
    {
        var expired = await AddAsync(null, new(ExpiresAt: Now.AddDays(2)));
        var (paused, deleted) = (await AddAsync("needle-paused"), await AddAsync("needle-deleted"));
        await ChangeAsync(AliasActions.Pause, paused.Id);
        await ChangeAsync(AliasActions.Delete, deleted.Id);
        Vault.Time.Advance(TimeSpan.FromDays(3));

        var counts = (await CountAsync()).Value!;

        Assert.Equal((3, 1, 1, 1, 1), (counts.Live, counts.Of("active"), counts.Of("expired"), counts.Of("paused"), counts.Of("deleted")));
        Assert.Equal((3, 0), (counts.Of(null), counts.Of("idle")));
        var found = (await CountAsync("NEEDLE")).Value!;
        Assert.Equal((1, 1, 1), (found.Live, found.Of("paused"), found.Of("deleted")));
        Assert.Equal("expired", await StateAsync(expired));
    }

    [Fact]
    public async Task Handle_SearchWithSigns_TakesThemAsTheyAre()
    {
        await AddAsync(null, new("100% wool"));
        await AddAsync(null, new("100 sheep"));

        Assert.Equal(1, (await CountAsync("0%")).Value!.Live);
        Assert.Equal(0, (await CountAsync("1_0")).Value!.Live);
    }

    [Fact]
    public async Task Handle_NotAllowed_IsRefused()
    {
        Assert.Equal("not_found", (await CountAsync(actor: Vault.Stranger)).Problem?.Code);
        Assert.Equal("not_found", (await CountAsync(actor: Vault.Admin)).Problem?.Code);
        Assert.Equal("scope_missing", (await CountAsync(actor: Writer)).Problem?.Code);
    }

    private Task<VaultResult<AliasCounts>> CountAsync(string? search = null, VaultActor? actor = null) =>
        Vault.Get<CountAliases>().HandleAsync(new(actor ?? Owner, Box.Id, search), Cancel);
}
