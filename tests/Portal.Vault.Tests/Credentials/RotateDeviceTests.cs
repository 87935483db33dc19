using Portal.Vault.Credentials;

namespace Portal.Vault.Tests.Credentials;

public sealed class RotateDeviceTests(VaultFixture vault) : DeviceTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_WithOverlap_KeepsTheFormerPasswordUntilThen()
    {
        var made = await NewDeviceAsync();
        var former = await PasswordIdAsync(made.Device.Id);

        var rotated = await RotateAsync(made.Device.Id, 90);

        Assert.Equal((Now.AddMinutes(90), Now), (rotated.PreviousValidUntil, rotated.Device.RotatedAt));
        await AssertFitsAsync(made.Device.Id, rotated.Password);
        await AssertFitsAsync(made.Device.Id, made.Password, "previous_password_hash");
        Assert.Equal(former, await PasswordIdAsync(made.Device.Id, "previous_password_id"));
        Assert.Equal(1L, await Vault.CountAsync(
            $"SELECT count(*) FROM devices WHERE id = '{made.Device.Id}' AND selector = '{rotated.Password.Selector}' AND previous_selector = '{made.Password.Selector}'"));
        Assert.Equal(made.Device.Username, rotated.Device.Username);
    }

    [Fact]
    public async Task Handle_NoOverlapGiven_IsADay() => Assert.Equal(Now.AddDays(1), (await RotateAsync((await NewDeviceAsync()).Device.Id, null)).PreviousValidUntil);

    [Fact]
    public async Task Handle_OverlapZero_EndsTheFormerPasswordNow()
    {
        var made = await NewDeviceAsync();
        await RotateAsync(made.Device.Id);

        var rotated = await RotateAsync(made.Device.Id, 0);

        Assert.Null(rotated.PreviousValidUntil);
        await AssertFitsAsync(made.Device.Id, rotated.Password);
        await AssertNoPreviousAsync(made.Device.Id);
    }

    [Fact]
    public async Task Handle_TwiceInARow_EndsTheOldest()
    {
        var made = await NewDeviceAsync();
        var second = await RotateAsync(made.Device.Id);

        var third = await RotateAsync(made.Device.Id);

        await AssertFitsAsync(made.Device.Id, third.Password);
        await AssertFitsAsync(made.Device.Id, second.Password, "previous_password_hash");
    }

    [Fact]
    public async Task Handle_AtOnce_GoOneAfterAnother()
    {
        var made = await NewDeviceAsync();

        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => TryRotateAsync(made.Device.Id)));

        Assert.All(all, rotated => Assert.True(rotated.Succeeded, rotated.Problem?.Detail));
        var selectors = all.ToDictionary(r => r.Value!.Password.Selector, r => r.Value!.Password);
        var present = await Vault.Database.ScalarAsync<string>($"SELECT selector FROM devices WHERE id = '{made.Device.Id}'");
        var previous = await Vault.Database.ScalarAsync<string>($"SELECT previous_selector FROM devices WHERE id = '{made.Device.Id}'");
        Assert.NotEqual(present, previous);
        await AssertFitsAsync(made.Device.Id, selectors[present!]);
        await AssertFitsAsync(made.Device.Id, selectors[previous!], "previous_password_hash");
    }

    [Fact]
    public async Task Handle_OneProtocol_RotatesItAlone()
    {
        var made = await NewDeviceAsync(DeviceProtocols.Imap);

        await RotateAsync(made.Device.Id);

        Assert.NotNull(await HashAsync(made.Device.Id, "imap_app_credentials", "previous_password_hash"));
        Assert.Null(await HashAsync(made.Device.Id, "vaultbox_smtp_credentials"));
    }

    [Fact]
    public async Task Handle_Clients_CountsThoseThatUsedTheFormerPasswordLately()
    {
        var made = await NewDeviceAsync();
        var former = await PasswordIdAsync(made.Device.Id);
        await NoteAsync(
            UseOf(made.Device.Id, former, "Thunderbird", "192.0.2.7"),
            UseOf(made.Device.Id, former, "Thunderbird", "192.0.2.8", "smtp"),
            UseOf(made.Device.Id, former, "Thunderbird", "198.51.100.1"),
            UseOf(made.Device.Id, former, "Old", "203.0.113.1", at: Now.AddDays(-31)),
            UseOf(made.Device.Id, Guid.NewGuid(), "Other password", "203.0.113.2"));

        Assert.Equal(2, (await RotateAsync(made.Device.Id)).ClientsOnPrevious);
        Assert.Equal(0, (await RotateAsync(made.Device.Id)).ClientsOnPrevious);
    }

    [Fact]
    public async Task Handle_Done_AnnouncesTheDevice()
    {
        var made = await NewDeviceAsync();

        Assert.Equal([$"device:{made.Device.Id}"], await HeardAsync(() => RotateAsync(made.Device.Id)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(43_201)]
    public async Task Handle_OverlapOutOfRange_IsRefused(int minutes) =>
        Assert.Equal("overlap_out_of_range", (await TryRotateAsync((await NewDeviceAsync()).Device.Id, minutes)).Problem?.Code);

    [Fact]
    public async Task Handle_NotAllowed_IsRefused()
    {
        var made = await NewDeviceAsync();
        var reader = Owner with { Scopes = new HashSet<string>(StringComparer.Ordinal) { VaultScopes.CredentialsRead } };

        Assert.Equal("not_found", (await TryRotateAsync(made.Device.Id, -1, Vault.Stranger)).Problem?.Code);
        Assert.Equal("not_found", (await TryRotateAsync(made.Device.Id, -1, Vault.Admin)).Problem?.Code);
        Assert.Equal("scope_missing", (await TryRotateAsync(made.Device.Id, -1, reader)).Problem?.Code);
        Assert.Equal("step_up_required", (await TryRotateAsync(made.Device.Id, -1, Owner with { FreshUntil = Now })).Problem?.Code);
        await Vault.Get<RevokeDevice>().HandleAsync(new(Owner, Box.Id, made.Device.Id), Cancel);
        Assert.Equal("not_found", (await TryRotateAsync(made.Device.Id)).Problem?.Code);
    }

    [Fact]
    public async Task Handle_ThroughAnotherVaultbox_IsNotFound()
    {
        var made = await NewDeviceAsync();
        var other = await Vault.NewVaultboxAsync();

        var rotated = await Vault.Get<RotateDevice>().HandleAsync(new(Owner, other.Id, made.Device.Id), Cancel);

        Assert.Equal("not_found", rotated.Problem?.Code);
    }

    [Fact]
    public async Task Handle_ByAProtocolThatItHasNot_IsNotFound()
    {
        var made = await NewDeviceAsync(DeviceProtocols.Imap);
        var rotate = Vault.Get<RotateDevice>();

        Assert.Equal("not_found", (await rotate.HandleAsync(new(Owner, Box.Id, made.Device.Id, Protocol: DeviceProtocols.Smtp), Cancel)).Problem?.Code);
        Assert.True((await rotate.HandleAsync(new(Owner, Box.Id, made.Device.Id, Protocol: DeviceProtocols.Imap), Cancel)).Succeeded);
    }
}
