using Portal.Vault.Credentials;
using Portal.Vault.Intake;
using Portal.Vault.Purge;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Tests.Vaultboxes;

public sealed class PurgeVaultboxesTests(VaultFixture vault) : VaultboxTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_DeletedThirtyDaysAgo_DestroysThatAloneWithItsRowAndNotice()
    {
        await DeliverAsync(Box.Alias);
        Assert.True((await Vault.Get<CreateDevice>().HandleAsync(new(Owner, Box.Id, null, ["smtp", "imap"]), Cancel)).Succeeded);
        var octets = (await DeleteAsync()).Contents.Octets;
        Vault.Time.Advance(TimeSpan.FromDays(1));
        var young = await NewKeyedAsync();
        await DeleteAsync(young.Id);
        Vault.Time.Advance(TimeSpan.FromDays(29) - TimeSpan.FromSeconds(1));
        Assert.Equal(PurgedVaultboxes.None, await PurgeAsync());
        Vault.Time.Advance(TimeSpan.FromSeconds(1));

        var purged = await PurgeAsync();

        Assert.Equal(new PurgedVaultboxes(1, 1, octets), purged);
        Assert.Equal(0L, await Vault.CountAsync(
            $"""
             SELECT (SELECT count(*) FROM vaultboxes WHERE id = '{Box.Id}') + (SELECT count(*) FROM encrypted_emails WHERE vaultbox_id = '{Box.Id}')
                 + (SELECT count(*) FROM certificates WHERE vaultbox_id = '{Box.Id}') + (SELECT count(*) FROM aliases WHERE vaultbox_id = '{Box.Id}')
                 + (SELECT count(*) FROM devices WHERE vaultbox_id = '{Box.Id}') + (SELECT count(*) FROM mailboxes WHERE vaultbox_id = '{Box.Id}')
             """));
        Assert.Equal("The vaultbox was deleted more than 30 days ago: 1 sealed message and 1 key destroyed.", await Vault.Database.ScalarAsync<string>(
            $"SELECT reason FROM email_processing_logs WHERE vaultbox_id = '{Box.Id}' AND stage = 'purged'"));
        var notice = await NoticeAsync("vaultbox_purged");
        Assert.Equal(("1", true, Box.Address), (notice.GetProperty("count").GetString(), notice.GetProperty("mail").GetBoolean(), notice.GetProperty("address").GetString()));
        Assert.Equal(RecipientStatus.Unknown, (await ResolveAsync(Box.Alias)).Status);
        Assert.Equal(1L, await Vault.CountAsync($"SELECT count(*) FROM vaultboxes WHERE id = '{young.Id}'"));
        Assert.True((await Vault.Get<CreateVaultbox>().HandleAsync(new(Owner, "vault.test", "", Box.Alias), Cancel)).Succeeded);
    }

    [Fact]
    public async Task Handle_OneCannotBeDestroyed_DestroysThoseBehindItAndThatOneLater()
    {
        // The database is the class's: what other tests deleted is due as well by then.
        Vault.Time.Advance(TimeSpan.FromDays(31));
        await PurgeAsync();
        await DeleteAsync();
        Vault.Time.Advance(TimeSpan.FromSeconds(1));
        var behind = await NewKeyedAsync();
        await DeleteAsync(behind.Id);
        Vault.Time.Advance(TimeSpan.FromDays(31));
        await Vault.Database.ExecuteAsync(
            $"CREATE TABLE holds (id uuid REFERENCES vaultboxes); INSERT INTO holds VALUES ('{Box.Id}'); GRANT SELECT ON holds TO encimap, encimap_owner");

        var purged = await PurgeAsync();

        Assert.Equal((1, 1L, 0L), (purged.Vaultboxes, await LeftAsync(Box.Id), await LeftAsync(behind.Id)));
        Assert.Equal(1L, await Vault.CountAsync($"SELECT count(*) FROM aliases WHERE vaultbox_id = '{Box.Id}'"));
        await Vault.Database.ExecuteAsync("DROP TABLE holds");
        Assert.Equal(1, (await PurgeAsync()).Vaultboxes);
        Assert.Equal((0L, 1L), (await LeftAsync(Box.Id), await NoticesAsync("vaultbox_purged")));
    }

    [Fact]
    public async Task Handle_TwoAtOnce_DestroyEachOnce()
    {
        await DeleteAsync();
        Vault.Time.Advance(TimeSpan.FromDays(31));

        var runs = await Task.WhenAll(PurgeAsync(), PurgeAsync(), PurgeAsync());

        Assert.Equal(1L, await NoticesAsync("vaultbox_purged"));
        Assert.Equal(1L, await Vault.CountAsync($"SELECT count(*) FROM email_processing_logs WHERE vaultbox_id = '{Box.Id}' AND stage = 'purged'"));
        Assert.True(runs.Sum(r => r.Vaultboxes) >= 1);
    }

    [Fact]
    public async Task Handle_AccountThatIsGone_TakesItsDeletedOnesToo()
    {
        await DeleteAsync();

        var purged = await Vault.Get<PurgeUser>().HandleAsync(Owner.UserId, Cancel);

        Assert.Equal(1, purged.Vaultboxes);
        Assert.Equal(0L, await Vault.CountAsync($"SELECT count(*) FROM vaultboxes WHERE user_id = '{Owner.UserId}'"));
    }

    private Task<long> LeftAsync(Guid id) => Vault.CountAsync($"SELECT count(*) FROM vaultboxes WHERE id = '{id}'");

    private Task<PurgedVaultboxes> PurgeAsync() => Vault.Get<PurgeVaultboxes>().HandleAsync(Cancel);
}
