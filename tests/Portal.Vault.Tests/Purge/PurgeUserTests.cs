using Portal.Vault.Credentials;
using Portal.Vault.Purge;
using Portal.Vault.Tests.Credentials;

namespace Portal.Vault.Tests.Purge;

public sealed class PurgeUserTests(VaultFixture vault) : DeviceTest(vault), IClassFixture<VaultFixture>
{
    private const string OfDevices =
        "SELECT (SELECT count(*) FROM devices) + (SELECT count(*) FROM device_uses) + (SELECT count(*) FROM vaultbox_smtp_credentials) + (SELECT count(*) FROM imap_app_credentials)";

    [Fact]
    public async Task Handle_WithDevices_DestroysThemAndAnnouncesTheOwner()
    {
        var strangers = await Vault.NewVaultboxAsync(owner: Vault.Stranger);
        Assert.True((await Vault.Get<CreateDevice>().HandleAsync(new(Vault.Stranger, strangers.Id, null, Both), Cancel)).Succeeded);
        var others = await Vault.CountAsync(OfDevices);
        var made = await NewDeviceAsync();
        await NoteAsync(UseOf(made.Device.Id, await PasswordIdAsync(made.Device.Id)));
        await Vault.Database.ExecuteAsync(
            $"INSERT INTO devices (user_id, username, label, password_id) VALUES ('{Owner.UserId}', 'encimap-legacy', 'Imported', gen_random_uuid())");

        var heard = await HeardAsync(() => Vault.Get<PurgeUser>().HandleAsync(Owner.UserId, Cancel));

        Assert.Equal([$"owner:{Owner.UserId}"], heard);
        Assert.Equal(others, await Vault.CountAsync(OfDevices));
        Assert.Equal(0L, await Vault.CountAsync($"SELECT count(*) FROM vaultboxes WHERE user_id = '{Owner.UserId}'"));
    }

    [Fact]
    public async Task Delete_Vaultbox_TakesItsDevicesWithIt()
    {
        var box = await Vault.NewVaultboxAsync();
        var made = await Vault.Get<CreateDevice>().HandleAsync(new(Owner, box.Id, null, Both), Cancel);
        await NoteAsync(UseOf(made.Value!.Device.Id, await PasswordIdAsync(made.Value.Device.Id)));

        await Vault.Database.ExecuteAsync($"DELETE FROM mailboxes WHERE vaultbox_id = '{box.Id}'; DELETE FROM vaultboxes WHERE id = '{box.Id}'");

        Assert.Equal(0L, await Vault.CountAsync(
            $"SELECT (SELECT count(*) FROM devices WHERE vaultbox_id = '{box.Id}') + (SELECT count(*) FROM device_uses WHERE device_id = '{made.Value.Device.Id}') + (SELECT count(*) FROM imap_app_credentials WHERE vaultbox_id = '{box.Id}')"));
    }
}
