using Portal.Vault.Credentials;

namespace Portal.Vault.Tests.Credentials;

public sealed class UpdateDeviceTests(VaultFixture vault) : DeviceTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Handle_Label_ChangesItAlone()
    {
        var made = (await GetAsync((await NewScopedAsync()).Id)).Device;

        var updated = await UpdateAsync(new(Owner with { FreshUntil = Now }, Box.Id, made.Id, " Tablet "));

        Assert.Equal(("Tablet", made.ExpiresAt), (updated.Value?.Label, updated.Value?.ExpiresAt));
        Assert.Equal(["192.0.2.0/24"], updated.Value!.AllowedNetworks);
    }

    [Fact]
    public async Task Handle_ScopeTakenAway_IsGone()
    {
        var made = await NewScopedAsync();

        await UpdateAsync(new(Owner, Box.Id, made.Id, null, Change<IReadOnlyCollection<string>>.To([]), Change<DateTimeOffset?>.To(null)));

        var now = (await GetAsync(made.Id)).Device;
        Assert.Equal((null, 0, "Scoped"), (now.ExpiresAt, now.AllowedNetworks.Count, now.Label));
    }

    [Fact]
    public async Task Handle_ScopeGiven_ChangesAndAnnouncesIt()
    {
        var made = (await NewDeviceAsync()).Device;
        var end = Now.AddDays(3);

        var heard = await HeardAsync(() => UpdateAsync(new(
            Owner, Box.Id, made.Id, null, Change<IReadOnlyCollection<string>>.To(["2001:db8::/32"]), Change<DateTimeOffset?>.To(end))));

        var now = (await GetAsync(made.Id)).Device;
        Assert.Equal(end, now.ExpiresAt!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Equal(["2001:db8::/32"], now.AllowedNetworks);
        Assert.Equal([$"device:{made.Id}"], heard);
    }

    [Fact]
    public async Task Handle_WrongInput_IsRefusedAndChangesNothing()
    {
        var made = await NewScopedAsync();

        Assert.Equal("label_missing", (await UpdateAsync(new(Owner, Box.Id, made.Id, " "))).Problem?.Code);
        Assert.Equal("expiry_past", (await UpdateAsync(new(Owner, Box.Id, made.Id, "Other", default, Change<DateTimeOffset?>.To(Now)))).Problem?.Code);
        Assert.Equal("network_malformed", (await UpdateAsync(new(Owner, Box.Id, made.Id, "Other", Change<IReadOnlyCollection<string>>.To(["x"])))).Problem?.Code);
        Assert.Equal("Scoped", (await GetAsync(made.Id)).Device.Label);
    }

    [Fact]
    public async Task Handle_NotAllowed_IsRefused()
    {
        var made = (await NewDeviceAsync()).Device;
        var reader = Owner with { Scopes = new HashSet<string>(StringComparer.Ordinal) { VaultScopes.CredentialsRead } };
        var stale = Owner with { FreshUntil = Now };

        Assert.Equal("not_found", (await UpdateAsync(new(Vault.Stranger, Box.Id, made.Id, "x"))).Problem?.Code);
        Assert.Equal("scope_missing", (await UpdateAsync(new(reader, Box.Id, made.Id, "x"))).Problem?.Code);
        Assert.Equal("step_up_required", (await UpdateAsync(new(stale, Box.Id, made.Id, null, default, Change<DateTimeOffset?>.To(null)))).Problem?.Code);
        Assert.Equal("step_up_required", (await UpdateAsync(new(stale, Box.Id, made.Id, null, Change<IReadOnlyCollection<string>>.To(null)))).Problem?.Code);
        await Vault.Get<RevokeDevice>().HandleAsync(new(Owner, Box.Id, made.Id), Cancel);
        Assert.Equal("not_found", (await UpdateAsync(new(Owner, Box.Id, made.Id, "x"))).Problem?.Code);
    }

    private async Task<DeviceView> NewScopedAsync() => (await Vault.Get<CreateDevice>().HandleAsync(
        new(Owner, Box.Id, "Scoped", Both, ["192.0.2.0/24"], Now.AddDays(1)), Cancel)).Value!.Device;

    private Task<VaultResult<DeviceView>> UpdateAsync(UpdateDeviceRequest request) => Vault.Get<UpdateDevice>().HandleAsync(request, Cancel);
}
