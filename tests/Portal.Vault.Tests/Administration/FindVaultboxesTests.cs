using Portal.Vault.Administration;
using Portal.Vault.Tests.Vaultboxes;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Tests.Administration;

public sealed class FindVaultboxesTests(VaultFixture vault) : VaultboxTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_ByAnAdmin_ShowsNumbersOfEverybodysButNotTheirNames()
    {
        await DeliverAsync(Box.Alias);

        var found = (await FindAsync(new(Vault.Admin, Box.Address))).Items.Single();

        Assert.Equal((Box.Id, Owner.UserId, Box.Address, VaultboxStatus.Active, 1L, 1), (found.Id, found.UserId, found.Address, found.Status, found.Messages, found.MailKeys));
        Assert.Equal((await GetAsync()).Value!.StoredBytes, found.Octets);
        Assert.NotNull(found.FirstKeyEnds);
        Assert.DoesNotContain(typeof(FoundVaultbox).GetProperties(), property => property.Name is "Name" or "Aliases");
    }

    [Fact]
    public async Task Handle_EachState_ShowsItsOwn()
    {
        var keyless = await Vault.NewVaultboxAsync(owner: Owner);
        var (paused, deleted) = (await NewKeyedAsync(), await NewKeyedAsync());
        await Vault.Database.ExecuteAsync($"UPDATE vaultboxes SET status = 'paused' WHERE id = '{paused.Id}'");
        await DeleteAsync(deleted.Id);

        Assert.Equal(new HashSet<Guid> { Box.Id, keyless.Id }, await IdsAsync(VaultboxStates.Active));
        Assert.Equal(new HashSet<Guid> { keyless.Id }, await IdsAsync(VaultboxStates.Attention));
        Assert.Equal(new HashSet<Guid> { paused.Id }, await IdsAsync(VaultboxStates.Resting));
        Assert.Equal(new HashSet<Guid> { deleted.Id }, await IdsAsync(VaultboxStates.Deleted));
        Assert.Equal(new HashSet<Guid> { Box.Id, keyless.Id, paused.Id }, await IdsAsync(null));
        Assert.Equal("state_unknown", (await Vault.Get<FindVaultboxes>().HandleAsync(new(Vault.Admin, State: "x"), Cancel)).Problem?.Code);
    }

    [Fact]
    public async Task Handle_BeginningsAndPages_FindEachOnce()
    {
        var other = await Vault.NewVaultboxAsync(owner: Owner);
        var first = await FindAsync(new(Vault.Admin, OwnerId: Owner.UserId, Limit: 1));
        var second = await FindAsync(new(Vault.Admin, OwnerId: Owner.UserId, Limit: 1, After: first.Next));

        Assert.Equal([other.Id, Box.Id], first.Items.Concat(second.Items).Select(v => v.Id));
        Assert.Null(second.Next);
        Assert.Contains((await FindAsync(new(Vault.Admin, Box.Alias[..^1].ToUpperInvariant()))).Items, v => v.Id == Box.Id);
        Assert.Contains((await FindAsync(new(Vault.Admin, $"@{Box.Domain}"))).Items, v => v.Id == Box.Id);
        Assert.Empty((await FindAsync(new(Vault.Admin, "%"))).Items);
        Assert.Equal("cursor_malformed", (await Vault.Get<FindVaultboxes>().HandleAsync(new(Vault.Admin, After: "x"), Cancel)).Problem?.Code);
    }

    [Fact]
    public async Task Handle_ByAnyoneElse_IsNotThere()
    {
        Assert.Equal("not_found", (await Vault.Get<FindVaultboxes>().HandleAsync(new(Owner), Cancel)).Problem?.Code);
        Assert.Equal("not_found", (await Vault.Get<GetMailFlow>().HandleAsync(new(Vault.Admin with { Scopes = new HashSet<string> { VaultScopes.LogsRead } }), Cancel)).Problem?.Code);
    }

    private async Task<Page<FoundVaultbox>> FindAsync(FindVaultboxesRequest request)
    {
        var found = await Vault.Get<FindVaultboxes>().HandleAsync(request, Cancel);
        Assert.True(found.Succeeded, found.Problem?.Detail);
        return found.Value;
    }

    private async Task<HashSet<Guid>> IdsAsync(string? state) =>
        [.. (await FindAsync(new(Vault.Admin, State: state, OwnerId: Owner.UserId))).Items.Select(v => v.Id)];
}
