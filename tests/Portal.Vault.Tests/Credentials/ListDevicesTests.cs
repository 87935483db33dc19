using Portal.Vault.Credentials;

namespace Portal.Vault.Tests.Credentials;

public sealed class ListDevicesTests(VaultFixture vault) : DeviceTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_ManyDevices_PagesThroughEachOnceOldestFirst()
    {
        var made = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            made.Add((await NewDeviceAsync()).Device.Id);
            Vault.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var seen = new List<Guid>();
        string? after = null;
        do
        {
            var page = await ListAsync(new(Owner, Box.Id, Limit: 2, After: after));
            seen.AddRange(page.Value!.Items.Select(d => d.Id));
            after = page.Value.Next;
        }
        while (after is not null);

        Assert.Equal(made, seen);
    }

    [Fact]
    public async Task Handle_RevokedOnes_AreListedWhenAskedFor()
    {
        var (kept, gone) = (await NewDeviceAsync(), await NewDeviceAsync());
        await Vault.Get<RevokeDevice>().HandleAsync(new(Owner, Box.Id, gone.Device.Id), Cancel);

        var live = await ListAsync(new(Owner, Box.Id));
        var all = await ListAsync(new(Owner, Box.Id, IncludeRevoked: true));

        Assert.Equal([kept.Device.Id], live.Value!.Items.Select(d => d.Id));
        Assert.Equal([true, false], all.Value!.Items.OrderBy(d => d.RevokedAt is null).Select(d => d.RevokedAt is not null));
    }

    [Fact]
    public async Task Handle_ByProtocol_ListsThoseThatHaveIt()
    {
        var (both, imap, smtp) = (await NewDeviceAsync(), await NewDeviceAsync(DeviceProtocols.Imap), await NewDeviceAsync(DeviceProtocols.Smtp));
        await Vault.Get<RemoveProtocol>().HandleAsync(new(Owner, Box.Id, both.Device.Id, DeviceProtocols.Imap), Cancel);

        Assert.Equal([imap.Device.Id], (await ListAsync(new(Owner, Box.Id, DeviceProtocols.Imap))).Value!.Items.Select(d => d.Id));
        Assert.Equal(
            new[] { both.Device.Id, smtp.Device.Id }.Order(), (await ListAsync(new(Owner, Box.Id, DeviceProtocols.Smtp))).Value!.Items.Select(d => d.Id).Order());
    }

    [Fact]
    public async Task Handle_DeviceOfAllVaultboxes_IsListedInEachOfItsOwnersAlone()
    {
        var id = Guid.NewGuid();
        await Vault.Database.ExecuteAsync(
            $"""
             INSERT INTO devices (id, user_id, username, label, password_id) VALUES ('{id}', '{Owner.UserId}', 'encimap-legacy-{id:n}', 'Imported', gen_random_uuid());
             INSERT INTO imap_app_credentials (device_id, user_id, username, password_hash) SELECT id, user_id, username, '$2y$10$x' FROM devices WHERE id = '{id}'
             """);
        var strangers = await Vault.NewVaultboxAsync(owner: Vault.Stranger);

        var own = await ListAsync(new(Owner, Box.Id));
        var others = await ListAsync(new(Vault.Stranger, strangers.Id));
        await Vault.Database.ExecuteAsync($"DELETE FROM devices WHERE id = '{id}'");

        Assert.Contains(own.Value!.Items, d => d.Id == id && d.VaultboxId is null);
        Assert.Empty(others.Value!.Items);
    }

    [Fact]
    public async Task Handle_NotAllowedOrForeignCursor_IsRefused()
    {
        await NewDeviceAsync();
        var writer = Owner with { Scopes = new HashSet<string>(StringComparer.Ordinal) { VaultScopes.CredentialsWrite } };

        Assert.Equal("not_found", (await ListAsync(new(Vault.Stranger, Box.Id))).Problem?.Code);
        Assert.Equal("not_found", (await ListAsync(new(Vault.Admin, Box.Id))).Problem?.Code);
        Assert.Equal("scope_missing", (await ListAsync(new(writer, Box.Id))).Problem?.Code);
        Assert.Equal("cursor_malformed", (await ListAsync(new(Owner, Box.Id, After: "x"))).Problem?.Code);
    }

    private Task<VaultResult<Portal.Vault.Vaultboxes.Page<DeviceView>>> ListAsync(ListDevicesRequest request) =>
        Vault.Get<ListDevices>().HandleAsync(request, Cancel);
}
