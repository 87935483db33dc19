using System.Text.Json;
using Portal.Vault.Aliases;
using Portal.Vault.Credentials;
using Portal.Vault.Export;
using Portal.Vault.Tests.Credentials;

namespace Portal.Vault.Tests.Export;

public sealed class ExportVaultTests(VaultFixture vault) : DeviceTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_Devices_AreToldWithTheirUsesAndWithoutAHash()
    {
        var (kept, gone) = (await NewDeviceAsync(), await NewDeviceAsync(DeviceProtocols.Imap));
        await RotateAsync(kept.Device.Id);
        await NoteAsync(UseOf(kept.Device.Id, await PasswordIdAsync(kept.Device.Id), "Thunderbird", "192.0.2.7"));
        await Vault.Get<RevokeDevice>().HandleAsync(new(Owner, Box.Id, gone.Device.Id), Cancel);
        await NewStrangersDeviceAsync();

        var exported = await Vault.Get<ExportVault>().HandleAsync(new ExportVaultRequest(Owner), Cancel);

        Assert.Equal(new[] { kept.Device.Id, gone.Device.Id }.Order(), exported.Value!.Devices.Select(d => d.Id).Order());
        var device = exported.Value.Devices.Single(d => d.Id == kept.Device.Id);
        Assert.Equal((Box.Id, kept.Device.Username, "Thunderbird"), (device.VaultboxId, device.Username, device.LastUsedClient));
        Assert.Equal([DeviceProtocols.Smtp, DeviceProtocols.Imap], device.Protocols);
        var use = Assert.Single(device.Uses);
        Assert.Equal(("imap", "Thunderbird", "192.0.2.0/24", "192.0.2.7", 1L), (use.Protocol, use.ClientName, use.Network, $"{use.LastIp}", use.Uses));
        Assert.NotNull(exported.Value.Devices.Single(d => d.Id == gone.Device.Id).RevokedAt);
        var json = JsonSerializer.Serialize(exported.Value.Devices.Select(d => d with { LastUsedIp = null, Uses = [] }));
        Assert.DoesNotContain("$2a$", json, StringComparison.Ordinal);
        Assert.DoesNotContain(kept.Password.Text[..9], json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_Aliases_AreToldWithTheirTermsAndUse()
    {
        var end = Now.AddDays(2);
        var added = await Vault.Get<AddAlias>().HandleAsync(new(Owner, Box.Id, "vault.test", $"z{Guid.NewGuid():n}", new("Shop", "since May", end, 5, 7)), Cancel);
        await Vault.Get<ChangeAliases>().HandleAsync(new(Owner, Box.Id, AliasActions.Delete, [added.Value!.Id]), Cancel);

        var exported = await Vault.Get<ExportVault>().HandleAsync(new ExportVaultRequest(Owner), Cancel);

        var aliases = exported.Value!.Vaultboxes.Single(v => v.Id == Box.Id).Aliases;
        Assert.Equal([(Box.Address, true), (added.Value.Address, false)], aliases.Select(a => (a.Address, a.IsPrimary)).OrderByDescending(a => a.IsPrimary));
        var alias = aliases.Single(a => a.Id == added.Value.Id);
        Assert.Equal(("named", "active", "Shop", "since May", 5, 7, 0L), (alias.Kind, alias.Status, alias.Label, alias.Note, alias.MaxMessages, alias.MaxIdleDays, alias.MessageCount));
        Assert.Equal(end, alias.ExpiresAt!.Value, TimeSpan.FromMilliseconds(1));
        Assert.NotNull(alias.DeletedAt);
    }

    [Fact]
    public async Task Handle_AddressesThatAreGone_AreToldWhileTheyAreKeptForTheAccount()
    {
        var added = await Vault.Get<AddAlias>().HandleAsync(new(Owner, Box.Id, "vault.test", $"z{Guid.NewGuid():n}", new()), Cancel);
        await Vault.Get<ChangeAliases>().HandleAsync(new(Owner, Box.Id, AliasActions.Delete, [added.Value!.Id]), Cancel);
        Assert.DoesNotContain(added.Value.Address, (await RetiredAsync(Owner)).Select(r => r.Address));
        Vault.Time.Advance(PurgeAliases.Kept);
        await Vault.Get<PurgeAliases>().HandleAsync(Cancel);

        var retired = Assert.Single(await RetiredAsync(Owner), r => r.Address == added.Value.Address);

        Assert.Equal(Now, retired.RetiredAt, TimeSpan.FromMilliseconds(1));
        Assert.Empty(await RetiredAsync(Vault.Stranger));
    }

    private async Task<IReadOnlyList<ExportedRetiredAddress>> RetiredAsync(VaultActor actor) =>
        (await Vault.Get<ExportVault>().HandleAsync(new ExportVaultRequest(actor), Cancel)).Value!.RetiredAddresses;

    private async Task NewStrangersDeviceAsync()
    {
        var vaultbox = await Vault.NewVaultboxAsync(owner: Vault.Stranger);
        Assert.True((await Vault.Get<CreateDevice>().HandleAsync(new(Vault.Stranger, vaultbox.Id, null, Both), Cancel)).Succeeded);
    }
}
