using Portal.Vault.Aliases;

namespace Portal.Vault.Tests.Aliases;

public sealed class AddAliasesTests(VaultFixture vault) : AliasTest(vault), IClassFixture<VaultFixture>
{
    private static readonly Dictionary<string, string> Usable = new(StringComparer.OrdinalIgnoreCase) { ["Other.test"] = "other.test" };

    [Fact]
    public async Task Handle_GoodAndBadLines_AddsTheGoodAndSaysWhyNotOfEach()
    {
        var (taken, gone, name) = (await AddAsync(), await AddAsync(), NewName());
        await ChangeAsync(AliasActions.Delete, gone.Id);

        var added = await PasteAsync(
            new("Bulk", MaxMessages: 3), name, "", $"{name}@OTHER.test", $" {name.ToUpperInvariant()} ", taken.LocalPart, gone.LocalPart, "abuse", "x y", $"{name}@elsewhere.test");

        Assert.Equal(
            [(1, null), (3, null), (4, "alias_repeated"), (5, "alias_taken"), (6, "alias_deleted"), (7, "alias_reserved"), (8, "alias_malformed"), (9, "domain_unknown")],
            added.Value!.Items.Select(i => (i.Line, i.Code)));
        Assert.Equal((2, $"{name}@vault.test", $"{name}@other.test"), (added.Value.Added, added.Value.Items[0].Address, added.Value.Items[1].Address));
        Assert.All(added.Value.Items, item => Assert.Equal(item.Id is null, item.Detail is not null));
        Assert.Equal(2L, await Vault.CountAsync($"SELECT count(*) FROM aliases WHERE vaultbox_id = '{Box.Id}' AND label = 'Bulk' AND max_messages = 3"));
    }

    [Fact]
    public async Task Handle_FiveHundredLines_AreAddedAndOneMoreIsRefused()
    {
        var lines = Enumerable.Range(0, 501).Select(_ => NewName()).ToArray();

        Assert.Equal("lines_too_many", (await PasteAsync(new(), lines)).Problem?.Code);
        Assert.Equal(500, (await PasteAsync(new(), lines[1..])).Value?.Added);
        Assert.Equal("lines_missing", (await PasteAsync(new(), " ")).Problem?.Code);
    }

    [Fact]
    public async Task Handle_MoreThanThereIsRoomFor_AddsTheFirst()
    {
        await FillAsync(AliasStore.MostLive - 3);

        var added = await PasteAsync(new(), NewName(), "abuse", NewName(), NewName());

        Assert.Equal([null, "alias_reserved", null, "aliases_too_many"], added.Value!.Items.Select(i => i.Code));
    }

    [Fact]
    public async Task Handle_SamePasteFromTwoVaultboxesAtOnce_GivesEachAddressOnce()
    {
        var strangers = await Vault.NewVaultboxAsync(owner: Vault.Stranger);
        var lines = Enumerable.Range(0, 200).Select(_ => NewName()).ToArray();
        var backwards = lines.Reverse().ToArray();

        var results = await Task.WhenAll(
            PasteAsync(new(), lines), Vault.Get<AddAliases>().HandleAsync(Request(Vault.Stranger, strangers.Id, new(), backwards), Cancel));

        Assert.Equal(200, results.Sum(r => r.Value!.Added));
        Assert.All(results.SelectMany(r => r.Value!.Items).Where(i => i.Id is null), i => Assert.Equal("alias_taken", i.Code));
    }

    [Fact]
    public async Task Handle_NotAllowedOrWrongTerms_IsRefused()
    {
        Assert.Equal("not_found", (await Vault.Get<AddAliases>().HandleAsync(Request(Vault.Stranger, Box.Id, new(), "a"), Cancel)).Problem?.Code);
        Assert.Equal("scope_missing", (await Vault.Get<AddAliases>().HandleAsync(Request(Reader, Box.Id, new(), "a"), Cancel)).Problem?.Code);
        Assert.Equal("expiry_past", (await PasteAsync(new(ExpiresAt: Now), NewName())).Problem?.Code);
    }

    private static AddAliasesRequest Request(VaultActor actor, Guid box, AliasTerms terms, params string[] lines) =>
        new(actor, box, AliasLine.Read(lines), "vault.test", Usable, terms);

    private Task<VaultResult<AddedAliases>> PasteAsync(AliasTerms terms, params string[] lines) =>
        Vault.Get<AddAliases>().HandleAsync(Request(Owner, Box.Id, terms, lines), Cancel);
}
