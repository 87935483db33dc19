using Portal.Vault.Aliases;

namespace Portal.Vault.Tests.Aliases;

public sealed class ChangeAliasesTests(VaultFixture vault) : AliasTest(vault), IClassFixture<VaultFixture>
{
    [Theory]
    [InlineData(AliasActions.Pause, "paused")]
    [InlineData(AliasActions.Delete, "deleted")]
    public async Task Handle_AnAction_IsTakenBackByTheUndoThatItNames(string action, string state)
    {
        var (first, second) = (await AddAsync(), await AddAsync());

        var changed = await ChangeAsync(action, first.Id, second.Id, first.Id);
        Assert.Equal([first.Id, second.Id], changed.Changed);
        Assert.Equal((state, state), (await StateAsync(first), await StateAsync(second)));

        var undone = await ChangeAsync(changed.Undo, [.. changed.Changed]);
        Assert.Equal(action, undone.Undo);
        Assert.Equal(changed.Changed, undone.Changed);
        Assert.Equal(("active", "active"), (await StateAsync(first), await StateAsync(second)));
    }

    [Fact]
    public async Task Handle_WhatCannotBeChanged_IsNamedWithItsReason()
    {
        var (paused, deleted, fresh) = (await AddAsync(), await AddAsync(), await AddAsync());
        await ChangeAsync(AliasActions.Pause, paused.Id);
        await ChangeAsync(AliasActions.Delete, deleted.Id);
        var primary = await Vault.Database.ScalarAsync<Guid>($"SELECT id FROM aliases WHERE vaultbox_id = '{Box.Id}' AND is_primary");
        var strangers = await Vault.Database.ScalarAsync<Guid>(
            $"SELECT id FROM aliases WHERE vaultbox_id = '{(await Vault.NewVaultboxAsync(owner: Vault.Stranger)).Id}'");

        var changed = await ChangeAsync(AliasActions.Pause, paused.Id, deleted.Id, primary, strangers, fresh.Id);

        Assert.Equal([fresh.Id], changed.Changed);
        Assert.Equal(
            [(paused.Id, "unchanged"), (deleted.Id, "alias_deleted"), (primary, "alias_primary"), (strangers, "not_found")],
            changed.Unchanged.Select(u => (u.Id, u.Code)));
        Assert.Equal("alias_primary", Assert.Single((await ChangeAsync(AliasActions.Delete, primary)).Unchanged).Code);
    }

    [Fact]
    public async Task Handle_DeletedWhilePaused_IsRestoredPaused()
    {
        var alias = await AddAsync();
        await ChangeAsync(AliasActions.Pause, alias.Id);
        await ChangeAsync(AliasActions.Delete, alias.Id);

        await ChangeAsync(AliasActions.Restore, alias.Id);

        Assert.Equal("paused", await StateAsync(alias));
    }

    [Fact]
    public async Task Handle_RestoreAfterThirtyDays_FindsNone()
    {
        var alias = await AddAsync();
        await ChangeAsync(AliasActions.Delete, alias.Id);
        Vault.Time.Advance(PurgeAliases.Kept);

        Assert.Equal("not_found", Assert.Single((await ChangeAsync(AliasActions.Restore, alias.Id)).Unchanged).Code);
    }

    [Fact]
    public async Task Handle_RestoreBeyondTheLimit_ChangesNothing()
    {
        var alias = await AddAsync();
        await ChangeAsync(AliasActions.Delete, alias.Id);
        await FillAsync(AliasStore.MostLive - 1);

        Assert.Equal("aliases_too_many", (await TryChangeAsync(AliasActions.Restore, alias.Id)).Problem?.Code);
        Assert.Equal("deleted", await StateAsync(alias));
    }

    [Fact]
    public async Task Handle_NotAllowedOrWrongInput_IsRefused()
    {
        var alias = await AddAsync();

        Assert.Equal("not_found", (await AsAsync(Vault.Stranger, alias.Id)).Problem?.Code);
        Assert.Equal("scope_missing", (await AsAsync(Reader, alias.Id)).Problem?.Code);
        Assert.Equal("action_unknown", (await TryChangeAsync("burn", alias.Id)).Problem?.Code);
        Assert.Equal("ids_out_of_range", (await TryChangeAsync(AliasActions.Pause)).Problem?.Code);
        Assert.Equal("ids_out_of_range", (await TryChangeAsync(AliasActions.Pause, [.. Enumerable.Range(0, 501).Select(_ => Guid.NewGuid())])).Problem?.Code);
    }

    private Task<VaultResult<ChangedAliases>> AsAsync(VaultActor actor, Guid id) =>
        Vault.Get<ChangeAliases>().HandleAsync(new(actor, Box.Id, AliasActions.Pause, [id]), Cancel);
}
