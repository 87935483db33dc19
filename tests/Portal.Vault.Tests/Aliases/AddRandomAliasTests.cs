using Portal.Passwords;
using Portal.Vault.Aliases;

namespace Portal.Vault.Tests.Aliases;

public sealed class AddRandomAliasTests(VaultFixture vault) : AliasTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_Words_AreTwoOfTheList()
    {
        var added = await RandomAsync(null);

        Assert.Equal(("random", "active", "For a shop"), (added.Value?.Kind, added.Value?.State, added.Value?.Label));
        Assert.All(added.Value!.LocalPart.Split('-'), word => Assert.Contains(word, AliasWords.All));
    }

    [Fact]
    public async Task Handle_Characters_AreTenThatAreNotMistaken()
    {
        var added = await RandomAsync(RandomStyles.Characters);

        Assert.Equal(10, added.Value?.LocalPart.Length);
        Assert.All(added.Value!.LocalPart, symbol => Assert.Contains(symbol, GeneratedPassword.Alphabet));
    }

    [Fact]
    public async Task Handle_EveryPairOfWordsTaken_FindsAnotherName()
    {
        await Vault.Database.ExecuteAsync(
            $"""
             INSERT INTO aliases (vaultbox_id, domain, local_part)
             SELECT '{(await Vault.NewVaultboxAsync()).Id}', 'full.test', a || '-' || b
             FROM unnest(string_to_array('{string.Join(' ', AliasWords.All)}', ' ')) a, unnest(string_to_array('{string.Join(' ', AliasWords.All)}', ' ')) b
             """);

        var added = await RandomAsync(RandomStyles.Words, domain: "full.test");

        Assert.Equal(10, added.Value?.LocalPart.Length);
    }

    [Fact]
    public void Words_All_AreDifferentAndMayStandInAnAddress()
    {
        Assert.Equal(256, AliasWords.All.Distinct(StringComparer.Ordinal).Count());
        Assert.All(AliasWords.All, word => Assert.True(LocalPart.Parse($"{word}-{word}").Succeeded, word));
    }

    [Fact]
    public async Task Handle_NotAllowedOrUnknownStyle_IsRefused()
    {
        Assert.Equal("style_unknown", (await RandomAsync("emoji")).Problem?.Code);
        Assert.Equal("not_found", (await RandomAsync(null, Vault.Stranger)).Problem?.Code);
        Assert.Equal("scope_missing", (await RandomAsync(null, Reader)).Problem?.Code);
        await FillAsync(AliasStore.MostLive);
        Assert.Equal("aliases_too_many", (await RandomAsync(null)).Problem?.Code);
    }

    private Task<VaultResult<AliasView>> RandomAsync(string? style, VaultActor? actor = null, string domain = "vault.test") =>
        Vault.Get<AddRandomAlias>().HandleAsync(new(actor ?? Owner, Box.Id, domain, style, new("For a shop")), Cancel);
}
