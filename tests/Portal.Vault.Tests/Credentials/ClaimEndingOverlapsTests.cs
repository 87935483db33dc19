using Portal.Vault.Credentials;

namespace Portal.Vault.Tests.Credentials;

public sealed class ClaimEndingOverlapsTests(VaultFixture vault) : DeviceTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_EndsSoonWithClientsOnTheFormerPassword_IsToldOnce()
    {
        var made = await NewDeviceAsync();
        var former = await PasswordIdAsync(made.Device.Id);
        await NoteAsync(
            UseOf(made.Device.Id, former, "Phone", "192.0.2.7"), UseOf(made.Device.Id, former, "Phone", "192.0.2.7", "smtp"),
            UseOf(made.Device.Id, former, "Laptop", "192.0.2.7"), UseOf(made.Device.Id, former, string.Empty, "198.51.100.9", at: Now.AddMinutes(-1)));
        await RotateAsync(made.Device.Id, 24 * 60);
        await NoteAsync(UseOf(made.Device.Id, await PasswordIdAsync(made.Device.Id), "Laptop", "192.0.2.7"));
        Assert.Empty(await ClaimAsync());
        Vault.Time.Advance(TimeSpan.FromHours(22));

        var claimed = Assert.Single(await ClaimAsync());

        Assert.Equal((Owner.UserId, Box.Id, made.Device.Id, "Phone"), (claimed.UserId, claimed.VaultboxId, claimed.DeviceId, claimed.Label));
        Assert.Equal(Now.AddHours(2), claimed.ValidUntil, TimeSpan.FromMilliseconds(1));
        Assert.Equal(["Phone (192.0.2.0/24)", "198.51.100.0/24"], claimed.Clients);
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task Handle_AtOnce_NamesEachOnce()
    {
        for (var i = 0; i < 5; i++)
            await NewEndingAsync();

        var claimed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ClaimAsync()));

        Assert.Equal(5, claimed.Sum(list => list.Count));
        Assert.Equal(5, claimed.SelectMany(list => list).Select(o => o.DeviceId).Distinct().Count());
    }

    [Fact]
    public async Task Handle_RotatedAgain_IsToldOfTheNewOverlapToo()
    {
        var device = await NewEndingAsync();
        Assert.Single(await ClaimAsync());
        await NoteAsync(UseOf(device, await PasswordIdAsync(device), "Other", "203.0.113.5"));
        await RotateAsync(device, 30);

        Assert.Equal(device, Assert.Single(await ClaimAsync()).DeviceId);
    }

    [Fact]
    public async Task Handle_NobodyOnTheFormerOneOrRevokedOrOver_NamesNothing()
    {
        var unused = await NewDeviceAsync();
        await RotateAsync(unused.Device.Id, 30);
        await Vault.Get<RevokeDevice>().HandleAsync(new(Owner, Box.Id, await NewEndingAsync()), Cancel);
        await NewEndingAsync();
        Vault.Time.Advance(TimeSpan.FromMinutes(31));

        Assert.Empty(await ClaimAsync());
    }

    private async Task<Guid> NewEndingAsync()
    {
        var made = await NewDeviceAsync();
        await NoteAsync(UseOf(made.Device.Id, await PasswordIdAsync(made.Device.Id)));
        await RotateAsync(made.Device.Id, 30);
        return made.Device.Id;
    }

    private Task<IReadOnlyList<EndingOverlap>> ClaimAsync() => Vault.Get<ClaimEndingOverlaps>().HandleAsync(100, Cancel);
}
