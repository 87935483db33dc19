using System.Net;
using Portal.Vault.Credentials;

namespace Portal.Vault.Tests.Credentials;

public sealed class GetDeviceTests(VaultFixture vault) : DeviceTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_AfterARotation_TellsWhoUsesWhichPassword()
    {
        var made = await NewDeviceAsync();
        var former = await PasswordIdAsync(made.Device.Id);
        await NoteAsync(UseOf(made.Device.Id, former, "Old phone", "192.0.2.7", at: Now.AddMinutes(-5), uses: 3));
        await RotateAsync(made.Device.Id);
        await NoteAsync(UseOf(made.Device.Id, await PasswordIdAsync(made.Device.Id), "Laptop", "2001:db8:1:2::3", "smtp"));

        var detail = await GetAsync(made.Device.Id);

        Assert.Collection(
            detail.Uses,
            use => Assert.Equal(
                ("Laptop", "2001:db8:1::/48", IPAddress.Parse("2001:db8:1:2::3"), "smtp", 1L, true),
                (use.ClientName, use.Network, use.LastIp, use.Protocol, use.Uses, use.IsCurrentPassword)),
            use => Assert.Equal(
                ("Old phone", "192.0.2.0/24", IPAddress.Parse("192.0.2.7"), "imap", 3L, false),
                (use.ClientName, use.Network, use.LastIp, use.Protocol, use.Uses, use.IsCurrentPassword)));
        Assert.Equal(("Laptop", "smtp"), (detail.Device.LastUse?.Client, detail.Device.LastUse?.Protocol));
    }

    [Fact]
    public async Task Handle_UsesOfLongAgo_AreNotTold()
    {
        var made = await NewDeviceAsync();
        await NoteAsync(UseOf(made.Device.Id, await PasswordIdAsync(made.Device.Id), at: Now.AddDays(-31)));

        Assert.Empty((await GetAsync(made.Device.Id)).Uses);
    }

    [Fact]
    public async Task Handle_OverlapIsOver_TellsOfNoPreviousPassword()
    {
        var made = await NewDeviceAsync();
        await RotateAsync(made.Device.Id, 5);
        Assert.NotNull((await GetAsync(made.Device.Id)).Device.PreviousValidUntil);
        Vault.Time.Advance(TimeSpan.FromMinutes(6));

        Assert.Null((await GetAsync(made.Device.Id)).Device.PreviousValidUntil);
    }

    [Fact]
    public async Task Handle_Others_LooksAbsent()
    {
        var made = await NewDeviceAsync();
        var get = Vault.Get<GetDevice>();

        var others = await get.HandleAsync(new(Vault.Stranger, Box.Id, made.Device.Id), Cancel);
        var absent = await get.HandleAsync(new(Vault.Stranger, Box.Id, Guid.NewGuid()), Cancel);

        Assert.Equal(absent.Problem, others.Problem);
        Assert.Equal("not_found", (await get.HandleAsync(new(Vault.Admin, Box.Id, made.Device.Id), Cancel)).Problem?.Code);
        var scopeless = Owner with { Scopes = new HashSet<string>(StringComparer.Ordinal) };
        Assert.Equal("scope_missing", (await get.HandleAsync(new(scopeless, Box.Id, made.Device.Id), Cancel)).Problem?.Code);
    }
}
