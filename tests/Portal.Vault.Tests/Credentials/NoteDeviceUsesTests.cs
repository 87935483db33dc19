using Npgsql;

namespace Portal.Vault.Tests.Credentials;

/// <summary>The function <c>note_device_uses</c>, called by the sign-in role.</summary>
public sealed class NoteDeviceUsesTests(VaultFixture vault) : DeviceTest(vault), IClassFixture<VaultFixture>
{
    [Fact]
    public async Task Note_SameClientAndNetwork_IsOneRowThatCounts()
    {
        var (device, password) = await NewAsync();
        await NoteAsync(UseOf(device, password, ip: "192.0.2.7", at: Now.AddMinutes(-9), uses: 2), UseOf(device, password, ip: "192.0.2.8", at: Now.AddMinutes(-8)));

        await NoteAsync(UseOf(device, password, ip: "192.0.2.9", at: Now.AddMinutes(-1), uses: 4));
        await NoteAsync(UseOf(device, password, ip: "192.0.2.1", at: Now.AddMinutes(-20)));

        var use = Assert.Single((await GetAsync(device)).Uses);
        Assert.Equal(("192.0.2.0/24", "192.0.2.9", 8L), (use.Network, $"{use.LastIp}", use.Uses));
        Assert.Equal(Now.AddMinutes(-20), use.FirstAt, TimeSpan.FromMilliseconds(1));
        Assert.Equal(Now.AddMinutes(-1), use.LastAt, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Note_OlderUse_LeavesTheLatestOfTheDevice()
    {
        var (device, password) = await NewAsync();
        await NoteAsync(UseOf(device, password, "Newer", "192.0.2.7", "smtp"));

        await NoteAsync(UseOf(device, password, "Older", "198.51.100.7", at: Now.AddMinutes(-1)));

        var last = (await GetAsync(device)).Device.LastUse!;
        Assert.Equal(("Newer", "192.0.2.7", "smtp"), (last.Client, $"{last.Ip}", last.Protocol));
    }

    [Fact]
    public async Task Note_UnknownDevice_IsLeftOutAndTheRestNoted()
    {
        var (device, password) = await NewAsync();

        await NoteAsync(UseOf(Guid.NewGuid(), password), UseOf(device, password));

        Assert.Single((await GetAsync(device)).Uses);
    }

    [Fact]
    public async Task Note_MoreThanSixtyRows_DropsTheOldest()
    {
        var (device, password) = await NewAsync();
        for (var i = 0; i < 65; i++)
            await NoteAsync(UseOf(device, password, $"client {i}", at: Now.AddMinutes(i - 100)));

        var uses = (await GetAsync(device)).Uses;

        Assert.Equal((60, "client 64", "client 5"), (uses.Count, uses[0].ClientName, uses[^1].ClientName));
    }

    [Fact]
    public async Task Note_NoClientNameAndALongOne_AreKept()
    {
        var (device, password) = await NewAsync();

        await NoteTextAsync($$"""[{"device":"{{device}}","password":"{{password}}","protocol":"imap","ip":"2001:db8::1","at":"{{Now:O}}","uses":1}]""");
        await NoteAsync(UseOf(device, password, new string('x', 300)));

        Assert.Equal([0, 255], (await GetAsync(device)).Uses.Select(use => use.ClientName.Length).Order());
    }

    [Fact]
    public async Task Note_ManyAtOnceInOppositeOrders_AllCount()
    {
        var (first, second) = (await NewAsync(), await NewAsync());

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => i % 2 == 0
            ? NoteAsync(UseOf(first.Device, first.Password), UseOf(second.Device, second.Password))
            : NoteAsync(UseOf(second.Device, second.Password), UseOf(first.Device, first.Password))));

        Assert.Equal(20L, Assert.Single((await GetAsync(first.Device)).Uses).Uses);
        Assert.Equal(20L, Assert.Single((await GetAsync(second.Device)).Uses).Uses);
    }

    [Fact]
    public async Task SignInRole_WhatItNeeds_IsReadAndNothingElse()
    {
        var (device, _) = await NewAsync();

        Assert.Equal(1L, await AsAuthAsync(
            $"""
             SELECT count(d.selector) FROM devices d JOIN imap_app_credentials i ON i.device_id = d.id JOIN vaultbox_smtp_credentials s ON s.device_id = d.id
             JOIN vaultboxes v ON v.id = d.vaultbox_id JOIN aliases a ON a.vaultbox_id = v.id
             WHERE d.id = '{device}' AND i.password_hash = s.password_hash AND i.revoked_at IS NULL AND v.status = 'active' AND v.smtp_enabled
                 AND NOT EXISTS (SELECT FROM suspended_owners o WHERE o.user_id = d.user_id)
             """));
        foreach (var refused in new[]
        {
            "SELECT label FROM devices", "SELECT last_used_ip FROM devices", "SELECT host FROM vaultbox_smtp_credentials", "SELECT name FROM vaultboxes",
            "SELECT * FROM device_uses", "SELECT id FROM encrypted_emails", "UPDATE devices SET expires_at = NULL", "DELETE FROM suspended_owners",
        })
        {
            var denied = await Assert.ThrowsAsync<PostgresException>(() => AsAuthAsync(refused));
            Assert.True(denied.SqlState == PostgresErrorCodes.InsufficientPrivilege, refused);
        }
    }

    private async Task<(Guid Device, Guid Password)> NewAsync()
    {
        var made = await NewDeviceAsync();
        return (made.Device.Id, await PasswordIdAsync(made.Device.Id));
    }

    private async Task<object?> AsAuthAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Vault.Database.Auth);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancel);
    }
}
