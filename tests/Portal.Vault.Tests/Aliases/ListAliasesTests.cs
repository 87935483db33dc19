using Portal.Vault.Aliases;

namespace Portal.Vault.Tests.Aliases;

public sealed class ListAliasesTests(VaultFixture vault) : AliasTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_ManyAliases_PagesThroughEachOnceThePrimaryFirst()
    {
        var made = new List<Guid>();
        for (var i = 0; i < 4; i++)
        {
            Vault.Time.Advance(TimeSpan.FromSeconds(1));
            made.Add((await AddAsync()).Id);
        }

        var seen = new List<AliasView>();
        string? after = null;
        do
        {
            var page = await ListAsync(limit: 2, after: after);
            seen.AddRange(page.Value!.Items);
            after = page.Value.Next;
        }
        while (after is not null);

        Assert.Equal([Box.Address, .. (await Task.WhenAll(made.Select(AddressAsync)))], seen.Select(a => a.Address));
        Assert.True(seen[0].IsPrimary);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Handle_NewestFirst_PagesThroughEachOnceThePrimaryStillFirst(int limit)
    {
        var made = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            Vault.Time.Advance(TimeSpan.FromSeconds(1));
            made.Add((await AddAsync()).Address);
        }

        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = await Vault.Get<ListAliases>().HandleAsync(new(Owner, Box.Id, Limit: limit, After: after, NewestFirst: true), Cancel);
            seen.AddRange(page.Value!.Items.Select(a => a.Address));
            after = page.Value.Next;
        }
        while (after is not null);

        Assert.Equal([Box.Address, .. made.AsEnumerable().Reverse()], seen);
    }

    [Fact]
    public async Task Handle_Search_FindsPartsOfAddressLabelAndNote()
    {
        var (byAddress, byLabel, byNote) = (await AddAsync($"Needle-{Guid.NewGuid():n}"), await AddAsync(null, new("A needle")), await AddAsync(null, new(null, "NEEDLE 100%")));
        await AddAsync();

        Assert.Equal(new[] { byAddress.Id, byLabel.Id, byNote.Id }.Order(), (await ListAsync("needle")).Value!.Items.Select(a => a.Id).Order());
        Assert.Equal([byNote.Id], (await ListAsync("0%")).Value!.Items.Select(a => a.Id));
        Assert.Equal([byAddress.Id], (await ListAsync(byAddress.Address)).Value!.Items.Select(a => a.Id));
    }

    [Fact]
    public async Task Handle_EachState_IsToldAndFiltered()
    {
        var expired = await AddAsync(null, new(ExpiresAt: Now.AddDays(2)));
        var usedUp = await AddAsync(null, new(MaxMessages: 1));
        var idle = await AddAsync(null, new(MaxIdleDays: 3));
        var (paused, deleted) = (await AddAsync(), await AddAsync());
        await DeliverAsync(usedUp.LocalPart);
        await DeliverAsync(idle.LocalPart);
        await ChangeAsync(AliasActions.Pause, paused.Id);
        await ChangeAsync(AliasActions.Delete, deleted.Id);
        Vault.Time.Advance(TimeSpan.FromDays(3));
        var active = await AddAsync();

        foreach (var (alias, state) in new[] { (expired, "expired"), (usedUp, "used_up"), (idle, "idle"), (paused, "paused"), (deleted, "deleted") })
        {
            var item = Assert.Single((await ListAsync(state: state)).Value!.Items);
            Assert.Equal((alias.Id, state), (item.Id, item.State));
        }

        Assert.Equal(new[] { Box.Address, active.Address }.Order(), (await ListAsync(state: "active")).Value!.Items.Select(a => a.Address).Order());
        Assert.DoesNotContain((await ListAsync()).Value!.Items, a => a.Id == deleted.Id);
        Assert.Equal(1L, (await ReadAsync(usedUp)).MessageCount);
        Assert.NotNull((await ReadAsync(usedUp)).LastUsedAt);
    }

    [Fact]
    public async Task Handle_NotAllowedOrWrongInput_IsRefused()
    {
        Assert.Equal("not_found", (await ListAsync(actor: Vault.Stranger)).Problem?.Code);
        Assert.Equal("not_found", (await ListAsync(actor: Vault.Admin)).Problem?.Code);
        Assert.Equal("scope_missing", (await ListAsync(actor: Writer)).Problem?.Code);
        Assert.Equal("cursor_malformed", (await ListAsync(after: "x")).Problem?.Code);
        Assert.Equal("state_unknown", (await ListAsync(state: "asleep")).Problem?.Code);
    }

    private async Task<string> AddressAsync(Guid id) =>
        (await Vault.Database.ScalarAsync<string>($"SELECT local_part || '@' || domain FROM aliases WHERE id = '{id}'"))!;

    private Task<VaultResult<Portal.Vault.Vaultboxes.Page<AliasView>>> ListAsync(
        string? search = null, string? state = null, int limit = 50, string? after = null, VaultActor? actor = null) =>
        Vault.Get<ListAliases>().HandleAsync(new(actor ?? Owner, Box.Id, search, state, limit, after), Cancel);
}
