using Portal.Vault.Home;
using Portal.Vault.Tests.Aliases;

namespace Portal.Vault.Tests.Home;

public sealed class GetVaultCountsTests(VaultFixture vault) : AliasTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_MailOfTwoDays_CountsTodaysAndAllOfOneOwner()
    {
        await DeliverAsync(Box.Alias);
        await DeliverAsync(Box.Alias);
        await Vault.Database.ExecuteAsync($"UPDATE encrypted_emails SET received_at = received_at - interval '2 days' WHERE id = (SELECT min(id::text)::uuid FROM encrypted_emails WHERE vaultbox_id = '{Box.Id}')");
        await Vault.NewVaultboxAsync(owner: Owner);
        await Vault.NewVaultboxAsync();

        var counts = (await Vault.Get<GetVaultCounts>().HandleAsync(new(Owner), Cancel)).Value!;

        var octets = await Vault.CountAsync($"SELECT sum(size)::bigint FROM encrypted_emails WHERE vaultbox_id = '{Box.Id}'");
        Assert.Equal(new VaultCounts(2, 1, 2, octets), counts);
    }

    [Fact]
    public async Task Handle_NothingThere_IsZero() =>
        Assert.Equal(new VaultCounts(0, 0, 0, 0), (await Vault.Get<GetVaultCounts>().HandleAsync(new(Vault.Stranger), Cancel)).Value);

    [Fact]
    public async Task Handle_WithoutScope_IsRefused() =>
        Assert.Equal("scope_missing", (await Vault.Get<GetVaultCounts>().HandleAsync(new(Writer), Cancel)).Problem?.Code);
}
