using Portal.Vault.Credentials;

namespace Portal.Vault.Tests.Credentials;

public sealed class PurgeEndedPasswordsTests(VaultFixture vault) : DeviceTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_OverlapsOver_ClearsTheirHashesAlone()
    {
        var (over, running) = (await NewDeviceAsync(), await NewDeviceAsync());
        await RotateAsync(over.Device.Id, 10);
        await RotateAsync(running.Device.Id, 60);
        Vault.Time.Advance(TimeSpan.FromMinutes(10));

        var heard = await HeardAsync(async () => Assert.Equal(1, (await PurgeAsync()).Passwords));

        await AssertNoPreviousAsync(over.Device.Id);
        await AssertFitsAsync(running.Device.Id, running.Password, "previous_password_hash");
        Assert.Equal([$"device:{over.Device.Id}"], heard);
        Assert.Equal(0, (await PurgeAsync()).Passwords);
    }

    [Fact]
    public async Task Handle_UsesOfNinetyDaysAgo_AreGone()
    {
        var made = await NewDeviceAsync();
        var password = await PasswordIdAsync(made.Device.Id);
        await NoteAsync(UseOf(made.Device.Id, password, "old", at: Now.AddDays(-91)), UseOf(made.Device.Id, password, "young", at: Now.AddDays(-89)));

        Assert.Equal(1, (await PurgeAsync()).Uses);
        Assert.Equal("young", await Vault.Database.ScalarAsync<string>($"SELECT client_name FROM device_uses WHERE device_id = '{made.Device.Id}'"));
    }

    [Fact]
    public async Task Handle_DevicesRevokedLongAgo_AreGoneWithTheirRows()
    {
        var made = await NewDeviceAsync();
        await Vault.Get<RevokeDevice>().HandleAsync(new(Owner, Box.Id, made.Device.Id), Cancel);
        Vault.Time.Advance(TimeSpan.FromDays(90));
        Assert.Equal(0, (await PurgeAsync()).Devices);
        Vault.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(1, (await PurgeAsync()).Devices);
        Assert.Null(await HashAsync(made.Device.Id, "imap_app_credentials"));
    }

    [Fact]
    public async Task Handle_MoreThanABatch_PurgesAll()
    {
        const int many = PurgeEndedPasswords.Batch + 7;
        await Vault.Database.ExecuteAsync(
            $"""
             INSERT INTO devices (user_id, vaultbox_id, username, label, password_id, revoked_at)
             SELECT '{Owner.UserId}', '{Box.Id}', 'encimap-gone-' || n, 'n', gen_random_uuid(), '{Now.AddDays(-100):O}' FROM generate_series(1, {many}) n
             """);

        Assert.Equal(many, (await PurgeAsync()).Devices);
    }

    private Task<PurgedPasswords> PurgeAsync() => Vault.Get<PurgeEndedPasswords>().HandleAsync(Cancel);
}
