using Portal.Vault.Aliases;
using Portal.Vault.Credentials;

namespace Portal.Vault.Tests.Aliases;

public sealed class UpdateAliasTests(VaultFixture vault) : AliasTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_WhatIsGiven_ChangesAndTheRestStays()
    {
        var made = await AddAsync(null, new("Shop", "note", Now.AddDays(2), 9, 8));

        var relabelled = await UpdateAsync(new(Owner, Box.Id, made.Id, Label: Change<string>.To(" Store ")));
        Assert.Equal(("Store", "note", 9, 8), (relabelled.Value?.Label, relabelled.Value?.Note, relabelled.Value?.MaxMessages, relabelled.Value?.MaxIdleDays));
        Assert.NotNull(relabelled.Value?.ExpiresAt);

        var open = await UpdateAsync(new(
            Owner, Box.Id, made.Id, default, Change<string>.To(null), Change<DateTimeOffset?>.To(null), Change<int?>.To(null), Change<int?>.To(30)));
        Assert.Equal(("Store", null, null, null, 30), (open.Value?.Label, open.Value?.Note, open.Value?.ExpiresAt, open.Value?.MaxMessages, open.Value?.MaxIdleDays));
    }

    [Fact]
    public async Task Handle_EndedAliases_LiveAgainWithAnotherEnd()
    {
        var (expired, usedUp, idle) = (await AddAsync(null, new(ExpiresAt: Now.AddDays(1))), await AddAsync(null, new(MaxMessages: 1)), await AddAsync(null, new(MaxIdleDays: 1)));
        await DeliverAsync(usedUp.LocalPart);
        Vault.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(("expired", "used_up", "idle"), (await StateAsync(expired), await StateAsync(usedUp), await StateAsync(idle)));

        Assert.Equal("max_messages_reached", (await UpdateAsync(new(Owner, Box.Id, usedUp.Id, MaxMessages: Change<int?>.To(1)))).Problem?.Code);
        Assert.Equal("active", (await UpdateAsync(new(Owner, Box.Id, usedUp.Id, MaxMessages: Change<int?>.To(2)))).Value?.State);
        Assert.Equal("active", (await UpdateAsync(new(Owner, Box.Id, expired.Id, ExpiresAt: Change<DateTimeOffset?>.To(Now.AddDays(1))))).Value?.State);
        Assert.Equal("active", (await UpdateAsync(new(Owner, Box.Id, idle.Id, Note: Change<string>.To("still wanted")))).Value?.State);
    }

    [Fact]
    public async Task Handle_Primary_TakesANoteButNoEnd()
    {
        var primary = await Vault.Database.ScalarAsync<Guid>($"SELECT id FROM aliases WHERE vaultbox_id = '{Box.Id}' AND is_primary");

        Assert.Equal("alias_primary", (await UpdateAsync(new(Owner, Box.Id, primary, ExpiresAt: Change<DateTimeOffset?>.To(Now.AddDays(1))))).Problem?.Code);
        Assert.Equal("alias_primary", (await UpdateAsync(new(Owner, Box.Id, primary, MaxMessages: Change<int?>.To(1)))).Problem?.Code);
        Assert.Equal("alias_primary", (await UpdateAsync(new(Owner, Box.Id, primary, MaxIdleDays: Change<int?>.To(1)))).Problem?.Code);
        Assert.Equal("main", (await UpdateAsync(new(Owner, Box.Id, primary, Note: Change<string>.To("main")))).Value?.Note);
    }

    [Fact]
    public async Task Handle_NotAllowedOrWrongInput_IsRefused()
    {
        var (made, gone) = (await AddAsync(), await AddAsync());
        var other = await Vault.NewVaultboxAsync(owner: Owner);
        await ChangeAsync(AliasActions.Delete, gone.Id);

        Assert.Equal("not_found", (await UpdateAsync(new(Vault.Stranger, Box.Id, made.Id))).Problem?.Code);
        Assert.Equal("not_found", (await UpdateAsync(new(Owner, other.Id, made.Id))).Problem?.Code);
        Assert.Equal("not_found", (await UpdateAsync(new(Owner, Box.Id, gone.Id))).Problem?.Code);
        Assert.Equal("scope_missing", (await UpdateAsync(new(Reader, Box.Id, made.Id))).Problem?.Code);
        Assert.Equal("expiry_past", (await UpdateAsync(new(Owner, Box.Id, made.Id, ExpiresAt: Change<DateTimeOffset?>.To(Now)))).Problem?.Code);
    }

    private Task<VaultResult<AliasView>> UpdateAsync(UpdateAliasRequest request) => Vault.Get<UpdateAlias>().HandleAsync(request, Cancel);
}
