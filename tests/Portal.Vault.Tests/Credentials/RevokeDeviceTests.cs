using Portal.Passwords;
using Portal.Vault.Credentials;

namespace Portal.Vault.Tests.Credentials;

public sealed class RevokeDeviceTests(VaultFixture vault) : DeviceTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_AmidAnOverlap_LeavesNoHashBehind()
    {
        var made = await NewDeviceAsync();
        await RotateAsync(made.Device.Id);

        var revoked = await RevokeAsync(made.Device.Id);

        Assert.Equal(Now, revoked.Value?.RevokedAt);
        Assert.Empty(revoked.Value!.Protocols);
        Assert.Null(await HashAsync(made.Device.Id, "vaultbox_smtp_credentials"));
        Assert.Equal(CredentialHash.None, await HashAsync(made.Device.Id, "imap_app_credentials"));
        Assert.Equal(1L, await Vault.CountAsync($"SELECT count(*) FROM imap_app_credentials WHERE device_id = '{made.Device.Id}' AND revoked_at IS NOT NULL"));
        await AssertNoPreviousAsync(made.Device.Id);
    }

    [Fact]
    public async Task Handle_Again_ChangesAndAnnouncesNothing()
    {
        var made = await NewDeviceAsync();
        var heard = await HeardAsync(() => RevokeAsync(made.Device.Id));
        var revokedAt = Now;
        Vault.Time.Advance(TimeSpan.FromMinutes(1));

        var silent = await HeardAsync(async () => Assert.Equal(revokedAt, (await RevokeAsync(made.Device.Id)).Value!.RevokedAt!.Value, TimeSpan.FromMilliseconds(1)));

        Assert.Equal([$"device:{made.Device.Id}"], heard);
        Assert.Empty(silent);
    }

    [Fact]
    public async Task Handle_WithAnOldProof_IsDone() =>
        Assert.True((await RevokeAsync((await NewDeviceAsync()).Device.Id, Owner with { FreshUntil = Now })).Succeeded);

    [Fact]
    public async Task Handle_NotAllowed_IsRefused()
    {
        var made = await NewDeviceAsync();

        Assert.Equal("not_found", (await RevokeAsync(made.Device.Id, Vault.Stranger)).Problem?.Code);
        Assert.Equal("not_found", (await RevokeAsync(made.Device.Id, Vault.Admin)).Problem?.Code);
        Assert.Equal("scope_missing", (await RevokeAsync(made.Device.Id, Owner with { Scopes = new HashSet<string>(StringComparer.Ordinal) })).Problem?.Code);
        await AssertFitsAsync(made.Device.Id, made.Password);
    }

    [Fact]
    public async Task Handle_WhileItIsRotated_EndsRevokedWithoutAHash()
    {
        var made = await NewDeviceAsync();

        await Task.WhenAll(RevokeAsync(made.Device.Id), TryRotateAsync(made.Device.Id), TryRotateAsync(made.Device.Id));

        Assert.Equal(CredentialHash.None, await HashAsync(made.Device.Id, "imap_app_credentials"));
        await AssertNoPreviousAsync(made.Device.Id);
    }

    private Task<VaultResult<DeviceView>> RevokeAsync(Guid deviceId, VaultActor? actor = null) =>
        Vault.Get<RevokeDevice>().HandleAsync(new RevokeDeviceRequest(actor ?? Owner, Box.Id, deviceId), Cancel);
}
