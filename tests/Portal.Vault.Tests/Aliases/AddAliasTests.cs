using Portal.Vault.Aliases;
using Portal.Vault.Intake;

namespace Portal.Vault.Tests.Aliases;

public sealed class AddAliasTests(VaultFixture vault) : AliasTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_WithTerms_StandsAsTypedAndTakesMail()
    {
        var name = NewName();
        var end = Now.AddDays(3);

        var added = await AddAsync($" {name.ToUpperInvariant()} ", new(" Shop ", " since May ", end.ToOffset(TimeSpan.FromHours(2)), 5, 7));

        Assert.Equal(($"{name}@vault.test", "named", "active", "Shop", "since May", 5, 7, 0L, false), (
            added.Address, added.Kind, added.State, added.Label, added.Note, added.MaxMessages, added.MaxIdleDays, added.MessageCount, added.IsPrimary));
        Assert.Equal(end, added.ExpiresAt!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Equal(DeliveryOutcome.Stored, (await DeliverAsync(name)).Outcome);
    }

    [Theory]
    [InlineData("postmaster", "alias_reserved")]
    [InlineData("a+b", "alias_malformed")]
    [InlineData("*", "alias_malformed")]
    [InlineData(null, "alias_malformed")]
    public async Task Handle_NameThatCannotBe_IsRefused(string? local, string code) =>
        Assert.Equal(code, (await Vault.Get<AddAlias>().HandleAsync(new(Owner, Box.Id, "vault.test", local, new()), Cancel)).Problem?.Code);

    [Fact]
    public async Task Handle_TermsThatCannotBe_AreRefused()
    {
        Assert.Equal("label_too_long", (await TryAddAsync(null, new(new string('x', 61)))).Problem?.Code);
        Assert.Equal("label_malformed", (await TryAddAsync(null, new("a\nb"))).Problem?.Code);
        Assert.Equal("note_too_long", (await TryAddAsync(null, new(null, new string('x', 201)))).Problem?.Code);
        Assert.Equal("note_malformed", (await TryAddAsync(null, new(null, "a\0"))).Problem?.Code);
        Assert.Equal("expiry_past", (await TryAddAsync(null, new(ExpiresAt: Now))).Problem?.Code);
        Assert.Equal("max_messages_out_of_range", (await TryAddAsync(null, new(MaxMessages: 0))).Problem?.Code);
        Assert.Equal("max_idle_days_out_of_range", (await TryAddAsync(null, new(MaxIdleDays: 3651))).Problem?.Code);
    }

    [Fact]
    public async Task Handle_TakenAddress_SaysWhetherItIsAnOwnDeletedOne()
    {
        var (taken, gone) = (await AddAsync(), await AddAsync());
        await ChangeAsync(AliasActions.Delete, gone.Id);
        var strangers = await Vault.NewVaultboxAsync(owner: Vault.Stranger);

        Assert.Equal("alias_taken", (await TryAddAsync(taken.LocalPart)).Problem?.Code);
        Assert.Equal("alias_deleted", (await TryAddAsync(gone.LocalPart)).Problem?.Code);
        Assert.Equal("alias_taken", (await TryAddAsync(gone.LocalPart, actor: Vault.Stranger, box: strangers.Id)).Problem?.Code);
    }

    [Fact]
    public async Task Handle_AtTheLimit_IsRefused()
    {
        await FillAsync(AliasStore.MostLive - 2);

        Assert.True((await TryAddAsync()).Succeeded);
        Assert.Equal("aliases_too_many", (await TryAddAsync()).Problem?.Code);
    }

    [Fact]
    public async Task Handle_WithTooManyDeletedOnes_IsRefused()
    {
        await FillAsync(AliasStore.MostKept - 1, deleted: true);

        Assert.Equal("aliases_too_many", (await TryAddAsync()).Problem?.Code);
    }

    [Fact]
    public async Task Handle_NotAllowed_IsRefused()
    {
        Assert.Equal("not_found", (await TryAddAsync(actor: Vault.Stranger)).Problem?.Code);
        Assert.Equal("not_found", (await TryAddAsync(actor: Vault.Admin)).Problem?.Code);
        Assert.Equal("scope_missing", (await TryAddAsync(actor: Reader)).Problem?.Code);
        Assert.Equal("not_found", (await Vault.Get<FindAliasDomain>().HandleAsync(new(Vault.Stranger, Box.Id), Cancel)).Problem?.Code);
        Assert.Equal("vault.test", (await Vault.Get<FindAliasDomain>().HandleAsync(new(Writer, Box.Id), Cancel)).Value);
    }
}
