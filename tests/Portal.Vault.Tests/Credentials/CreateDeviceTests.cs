using Portal.Vault.Credentials;

namespace Portal.Vault.Tests.Credentials;

public sealed class CreateDeviceTests(VaultFixture vault) : DeviceTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_BothProtocols_MakesOneNameAndOnePasswordForBoth()
    {
        var made = await NewDeviceAsync();

        Assert.Matches("^encimap-vault-test-[a-z0-9]{6}$", made.Device.Username);
        Assert.Equal(("Phone", Box.Id), (made.Device.Label, made.Device.VaultboxId));
        Assert.Equal(new DeviceServer("mail.vault.test", 2465, "TLS"), made.Device.Smtp);
        Assert.Equal(new DeviceServer("mail.vault.test", 2993, "TLS"), made.Device.Imap);
        await AssertFitsAsync(made.Device.Id, made.Password);
        Assert.Equal(
            await HashAsync(made.Device.Id, "vaultbox_smtp_credentials"), await HashAsync(made.Device.Id, "imap_app_credentials"));
        Assert.Equal(1L, await Vault.CountAsync(
            $"""
             SELECT count(*) FROM devices d JOIN vaultbox_smtp_credentials s ON s.device_id = d.id JOIN imap_app_credentials i ON i.device_id = d.id
             WHERE d.id = '{made.Device.Id}' AND s.username = d.username AND i.username = d.username AND d.selector = '{made.Password.Selector}'
                 AND (s.host, s.port, s.security_type) = ('mail.vault.test', 2465, 'TLS') AND i.user_id = d.user_id AND i.vaultbox_id = d.vaultbox_id
             """));
    }

    [Theory]
    [InlineData(DeviceProtocols.Smtp, "vaultbox_smtp_credentials", "imap_app_credentials", true)]
    [InlineData(DeviceProtocols.Imap, "imap_app_credentials", "vaultbox_smtp_credentials", false)]
    public async Task Handle_OneProtocol_HasNoRowOfTheOther(string protocol, string with, string without, bool sends)
    {
        var made = await NewDeviceAsync(protocol);

        Assert.Equal([protocol], made.Device.Protocols);
        Assert.NotNull(await HashAsync(made.Device.Id, with));
        Assert.Null(await HashAsync(made.Device.Id, without));
        Assert.Equal(sends, await Vault.Database.ScalarAsync<bool>($"SELECT smtp_enabled FROM vaultboxes WHERE id = '{Box.Id}'"));
    }

    [Fact]
    public async Task Handle_FirstForSmtp_AnnouncesTheVaultboxOnce()
    {
        var ids = new List<Guid>();

        var heard = await HeardAsync(async () =>
        {
            ids.Add((await NewDeviceAsync()).Device.Id);
            ids.Add((await NewDeviceAsync()).Device.Id);
        });

        Assert.Equal([$"vaultbox:{Box.Id}", $"device:{ids[0]}", $"device:{ids[1]}"], heard);
    }

    [Fact]
    public async Task Handle_Scope_IsKept()
    {
        var end = Now.AddDays(30);

        var made = await TryAsync(" \t", Both, ["192.0.2.0/24", "2001:db8::/32", "192.0.2.0/24", "198.51.100.7"], end);

        Assert.Equal(("New device", end), (made.Value!.Device.Label, made.Value.Device.ExpiresAt));
        Assert.Equal(["192.0.2.0/24", "2001:db8::/32", "198.51.100.7/32"], (await GetAsync(made.Value.Device.Id)).Device.AllowedNetworks);
    }

    [Fact]
    public async Task Handle_WrongInput_IsRefusedWithItsCode()
    {
        Assert.Equal("label_too_long", (await TryAsync(new string('a', 101), Both)).Problem?.Code);
        Assert.Equal("label_malformed", (await TryAsync("two\nlines", Both)).Problem?.Code);
        Assert.Equal("protocol_missing", (await TryAsync("x", [])).Problem?.Code);
        Assert.Equal("protocol_unknown", (await TryAsync("x", ["pop3"])).Problem?.Code);
        Assert.Equal("network_host_bits", (await TryAsync("x", Both, ["192.0.2.7/24"])).Problem?.Code);
        Assert.Equal("expiry_past", (await TryAsync("x", Both, expiresAt: Now)).Problem?.Code);
        Assert.Equal(0L, await Vault.CountAsync($"SELECT count(*) FROM devices WHERE vaultbox_id = '{Box.Id}'"));
    }

    [Fact]
    public async Task Handle_NotAllowed_IsRefusedBeforeTheInputIsLookedAt()
    {
        var create = Vault.Get<CreateDevice>();
        var reader = Owner with { Scopes = new HashSet<string>(StringComparer.Ordinal) { VaultScopes.CredentialsRead } };

        Assert.Equal("not_found", (await create.HandleAsync(new(Vault.Stranger, Box.Id, null, null), Cancel)).Problem?.Code);
        Assert.Equal("not_found", (await create.HandleAsync(new(Vault.Admin, Box.Id, null, null), Cancel)).Problem?.Code);
        Assert.Equal("scope_missing", (await create.HandleAsync(new(reader, Box.Id, null, null), Cancel)).Problem?.Code);
        Assert.Equal("step_up_required", (await create.HandleAsync(new(Owner with { FreshUntil = Now }, Box.Id, null, null), Cancel)).Problem?.Code);
    }

    [Fact]
    public async Task Handle_FiftyLiveDevices_RefusesOneMoreUntilOneIsRevoked()
    {
        await Vault.Database.ExecuteAsync(
            $"""
             INSERT INTO devices (user_id, vaultbox_id, username, label, password_id)
             SELECT '{Owner.UserId}', '{Box.Id}', 'encimap-full-' || n, 'n', gen_random_uuid() FROM generate_series(1, 49) n
             """);
        var last = await NewDeviceAsync();

        var refused = await TryAsync("one more", Both);
        await Vault.Get<RevokeDevice>().HandleAsync(new(Owner, Box.Id, last.Device.Id), Cancel);

        Assert.Equal("devices_too_many", refused.Problem?.Code);
        Assert.True((await TryAsync("instead", Both)).Succeeded);
    }

    [Fact]
    public async Task Handle_ManyAtOnce_NeverGoesOverTheLimit()
    {
        await Vault.Database.ExecuteAsync(
            $"""
             INSERT INTO devices (user_id, vaultbox_id, username, label, password_id)
             SELECT '{Owner.UserId}', '{Box.Id}', 'encimap-race-' || n, 'n', gen_random_uuid() FROM generate_series(1, 47) n
             """);

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TryAsync("race", Both)));

        Assert.Equal(3, made.Count(result => result.Succeeded));
    }

    [Theory]
    [InlineData("ux_devices_username")]
    [InlineData("ux_devices_vaultbox_selector")]
    public async Task Handle_NameOrSelectorTaken_TriesAnother(string index)
    {
        var trigger = $"t{Guid.NewGuid():n}";
        // The first two are taken; a sequence is not rolled back.
        await Vault.Database.ExecuteAsync(
            $"""
             CREATE SEQUENCE {trigger};
             CREATE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
             BEGIN
                 IF NEW.vaultbox_id = '{Box.Id}' AND nextval('{trigger}') <= 2 THEN
                     RAISE unique_violation USING CONSTRAINT = '{index}';
                 END IF;
                 RETURN NEW;
             END $$;
             CREATE TRIGGER {trigger} BEFORE INSERT ON devices FOR EACH ROW EXECUTE FUNCTION {trigger}();
             """);

        var made = await NewDeviceAsync();

        await AssertFitsAsync(made.Device.Id, made.Password);
        Assert.Equal(3L, await Vault.Database.ScalarAsync<long>($"SELECT last_value FROM {trigger}"));
    }

    [Fact]
    public async Task IsSelectorTaken_ByAPasswordOfALiveDevice_IsTrue()
    {
        var first = await NewDeviceAsync();
        var rotated = await RotateAsync(first.Device.Id);

        Assert.True(await IsTakenAsync(first.Password.Selector));
        Assert.True(await IsTakenAsync(rotated.Password.Selector));
        await Vault.Get<RevokeDevice>().HandleAsync(new(Owner, Box.Id, first.Device.Id), Cancel);
        Assert.False(await IsTakenAsync(rotated.Password.Selector));
    }

    private async Task<bool> IsTakenAsync(string selector)
    {
        await using var context = await Vault.Get<Microsoft.EntityFrameworkCore.IDbContextFactory<VaultContext>>().CreateDbContextAsync(Cancel);
        return await context.IsSelectorTakenAsync(Owner.UserId, Box.Id, selector, Cancel);
    }

    private Task<VaultResult<DevicePassword>> TryAsync(
        string label, IReadOnlyCollection<string> protocols, IReadOnlyCollection<string>? networks = null, DateTimeOffset? expiresAt = null) =>
        Vault.Get<CreateDevice>().HandleAsync(new CreateDeviceRequest(Owner, Box.Id, label, protocols, networks, expiresAt), Cancel);
}
