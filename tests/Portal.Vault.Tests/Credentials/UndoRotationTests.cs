using Portal.Vault.Credentials;

namespace Portal.Vault.Tests.Credentials;

public sealed class UndoRotationTests(VaultFixture vault) : DeviceTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_InTheWindow_MakesTheFormerPasswordTheOnlyOne()
    {
        var made = await NewDeviceAsync();
        var former = await PasswordIdAsync(made.Device.Id);
        await RotateAsync(made.Device.Id, 60);
        Vault.Time.Advance(TimeSpan.FromMinutes(59));

        var undone = await UndoAsync(made.Device.Id);

        Assert.True(undone.Succeeded, undone.Problem?.Detail);
        Assert.Null(undone.Value.PreviousValidUntil);
        await AssertFitsAsync(made.Device.Id, made.Password);
        await AssertNoPreviousAsync(made.Device.Id);
        Assert.Equal(former, await PasswordIdAsync(made.Device.Id));
        Assert.Equal(made.Password.Selector, await Vault.Database.ScalarAsync<string>($"SELECT selector FROM devices WHERE id = '{made.Device.Id}'"));
    }

    [Fact]
    public async Task Handle_AfterTheWindow_IsRefusedAndChangesNothing()
    {
        var made = await NewDeviceAsync();
        var rotated = await RotateAsync(made.Device.Id, 60);
        Vault.Time.Advance(TimeSpan.FromMinutes(60));

        Assert.Equal("nothing_to_undo", (await UndoAsync(made.Device.Id)).Problem?.Code);
        await AssertFitsAsync(made.Device.Id, rotated.Password);
    }

    [Fact]
    public async Task Handle_TwiceOrWithoutRotation_IsRefused()
    {
        var made = await NewDeviceAsync();
        Assert.Equal("nothing_to_undo", (await UndoAsync(made.Device.Id)).Problem?.Code);
        await RotateAsync(made.Device.Id);

        Assert.True((await UndoAsync(made.Device.Id)).Succeeded);
        Assert.Equal("nothing_to_undo", (await UndoAsync(made.Device.Id)).Problem?.Code);
    }

    [Fact]
    public async Task Handle_Done_AnnouncesTheDevice()
    {
        var made = await NewDeviceAsync();
        await RotateAsync(made.Device.Id);

        Assert.Equal([$"device:{made.Device.Id}"], await HeardAsync(() => UndoAsync(made.Device.Id)));
    }

    [Fact]
    public async Task Handle_NotAllowed_IsRefused()
    {
        var made = await NewDeviceAsync();
        await RotateAsync(made.Device.Id);

        Assert.Equal("not_found", (await UndoAsync(made.Device.Id, Vault.Stranger)).Problem?.Code);
        Assert.Equal("scope_missing", (await UndoAsync(made.Device.Id, Owner with { Scopes = new HashSet<string>(StringComparer.Ordinal) })).Problem?.Code);
        Assert.Equal("step_up_required", (await UndoAsync(made.Device.Id, Owner with { FreshUntil = Now })).Problem?.Code);
    }

    private Task<VaultResult<DeviceView>> UndoAsync(Guid deviceId, VaultActor? actor = null) =>
        Vault.Get<UndoRotation>().HandleAsync(new UndoRotationRequest(actor ?? Owner, Box.Id, deviceId), Cancel);
}
