using Portal.Passwords;
using Portal.Vault.Credentials;

namespace Portal.Vault.Tests.Credentials;

public sealed class RemoveProtocolTests(VaultFixture vault) : DeviceTest(vault), IClassFixture<VaultFixture>
{
    [Theory]
    [InlineData(DeviceProtocols.Smtp, DeviceProtocols.Imap, "imap_app_credentials")]
    [InlineData(DeviceProtocols.Imap, DeviceProtocols.Smtp, "vaultbox_smtp_credentials")]
    public async Task Handle_OneOfTwo_LeavesTheOtherWithItsPassword(string removed, string left, string table)
    {
        var made = await NewDeviceAsync();

        var device = await RemoveAsync(made.Device.Id, removed);

        Assert.Equal([left], device.Value?.Protocols);
        Assert.Null(device.Value?.RevokedAt);
        Assert.Equal([left], (await GetAsync(made.Device.Id)).Device.Protocols);
        Assert.True(await Vault.Get<CredentialHasher>().VerifyAsync(await HashAsync(made.Device.Id, table), made.Password.Text, isSuspect: false, Cancel));
        Assert.Equal("not_found", (await RemoveAsync(made.Device.Id, removed)).Problem?.Code);
    }

    [Fact]
    public async Task Handle_TheLast_RevokesTheDevice()
    {
        var made = await NewDeviceAsync();
        await RemoveAsync(made.Device.Id, DeviceProtocols.Smtp);

        var device = await RemoveAsync(made.Device.Id, DeviceProtocols.Imap);

        Assert.Equal(Now, device.Value?.RevokedAt);
        Assert.Equal("not_found", (await TryRotateAsync(made.Device.Id)).Problem?.Code);
    }

    [Fact]
    public async Task Handle_ThenRotate_GivesTheRemovedOneNoHash()
    {
        var made = await NewDeviceAsync();
        await RemoveAsync(made.Device.Id, DeviceProtocols.Imap);

        await RotateAsync(made.Device.Id);

        Assert.Equal(CredentialHash.None, await HashAsync(made.Device.Id, "imap_app_credentials"));
        Assert.Null(await HashAsync(made.Device.Id, "imap_app_credentials", "previous_password_hash"));
    }

    [Fact]
    public async Task Handle_Done_AnnouncesTheDevice()
    {
        var made = await NewDeviceAsync();

        Assert.Equal([$"device:{made.Device.Id}"], await HeardAsync(() => RemoveAsync(made.Device.Id, DeviceProtocols.Smtp)));
    }

    [Fact]
    public async Task Handle_NotAllowed_IsRefused()
    {
        var made = await NewDeviceAsync();
        var remove = Vault.Get<RemoveProtocol>();
        var reader = Owner with { Scopes = new HashSet<string>(StringComparer.Ordinal) { VaultScopes.CredentialsRead } };

        Assert.Equal("not_found", (await remove.HandleAsync(new(Vault.Stranger, Box.Id, made.Device.Id, DeviceProtocols.Smtp), Cancel)).Problem?.Code);
        Assert.Equal("scope_missing", (await remove.HandleAsync(new(reader, Box.Id, made.Device.Id, DeviceProtocols.Smtp), Cancel)).Problem?.Code);
    }

    private Task<VaultResult<DeviceView>> RemoveAsync(Guid deviceId, string protocol) =>
        Vault.Get<RemoveProtocol>().HandleAsync(new RemoveProtocolRequest(Owner, Box.Id, deviceId, protocol), Cancel);
}
