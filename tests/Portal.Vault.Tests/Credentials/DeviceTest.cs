using System.Globalization;
using System.Text.Json;
using Npgsql;
using Portal.Passwords;
using Portal.Vault.Credentials;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Tests.Credentials;

/// <summary>A vaultbox of the test's own, and what is done with its devices.</summary>
public abstract class DeviceTest(VaultFixture vault) : IAsyncLifetime
{
    protected static readonly string[] Both = [DeviceProtocols.Imap, DeviceProtocols.Smtp];

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected VaultFixture Vault { get; } = vault;

    protected VaultActor Owner => Vault.Owner;

    protected VaultboxView Box { get; private set; } = null!;

    protected DateTimeOffset Now => Vault.Time.GetUtcNow();

    public async ValueTask InitializeAsync() => Box = await Vault.NewVaultboxAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected async Task<DevicePassword> NewDeviceAsync(params string[] protocols)
    {
        var made = await Vault.Get<CreateDevice>().HandleAsync(
            new CreateDeviceRequest(Owner, Box.Id, "Phone", protocols.Length == 0 ? Both : protocols), Cancel);
        Assert.True(made.Succeeded, made.Problem?.Detail);
        return made.Value;
    }

    protected Task<VaultResult<RotatedDevice>> TryRotateAsync(Guid deviceId, int? overlapMinutes = 60, VaultActor? actor = null) =>
        Vault.Get<RotateDevice>().HandleAsync(new RotateDeviceRequest(actor ?? Owner, Box.Id, deviceId, overlapMinutes), Cancel);

    protected async Task<RotatedDevice> RotateAsync(Guid deviceId, int? overlapMinutes = 60)
    {
        var rotated = await TryRotateAsync(deviceId, overlapMinutes);
        Assert.True(rotated.Succeeded, rotated.Problem?.Detail);
        return rotated.Value;
    }

    protected async Task<DeviceDetail> GetAsync(Guid deviceId)
    {
        var found = await Vault.Get<GetDevice>().HandleAsync(new GetDeviceRequest(Owner, Box.Id, deviceId), Cancel);
        Assert.True(found.Succeeded, found.Problem?.Detail);
        return found.Value;
    }

    protected Task<string?> HashAsync(Guid deviceId, string table, string column = "password_hash") =>
        Vault.Database.ScalarAsync<string>($"SELECT {column} FROM {table} WHERE device_id = '{deviceId}'");

    /// <summary>Whether the password fits the hash in each of the device's rows.</summary>
    protected async Task AssertFitsAsync(Guid deviceId, GeneratedPassword password, string column = "password_hash")
    {
        foreach (var table in new[] { "vaultbox_smtp_credentials", "imap_app_credentials" })
            Assert.True(await Vault.Get<CredentialHasher>().VerifyAsync(await HashAsync(deviceId, table, column), password.Text, isSuspect: false, Cancel), table);
    }

    protected async Task AssertNoPreviousAsync(Guid deviceId)
    {
        Assert.Null(await HashAsync(deviceId, "vaultbox_smtp_credentials", "previous_password_hash"));
        Assert.Null(await HashAsync(deviceId, "imap_app_credentials", "previous_password_hash"));
        Assert.Equal(1L, await Vault.CountAsync(
            $"SELECT count(*) FROM devices WHERE id = '{deviceId}' AND previous_password_id IS NULL AND previous_selector IS NULL AND previous_valid_until IS NULL"));
    }

    protected Task<Guid> PasswordIdAsync(Guid deviceId, string column = "password_id") =>
        Vault.Database.ScalarAsync<Guid>($"SELECT {column} FROM devices WHERE id = '{deviceId}'");

    /// <summary>As the authenticator notes it, by its own role.</summary>
    protected Task NoteAsync(params Use[] uses) => NoteTextAsync(JsonSerializer.Serialize(uses, JsonSerializerOptions.Web));

    protected async Task NoteTextAsync(string json)
    {
        await using var connection = new NpgsqlConnection(Vault.Database.Auth);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand("SELECT note_device_uses($1::jsonb)", connection) { Parameters = { new() { Value = json } } };
        await command.ExecuteNonQueryAsync(Cancel);
    }

    protected Use UseOf(Guid device, Guid password, string client = "Thunderbird", string ip = "192.0.2.7", string protocol = "imap", DateTimeOffset? at = null, long uses = 1) =>
        new(device, password, protocol, client, ip, (at ?? Now).ToString("O", CultureInfo.InvariantCulture), uses);

    /// <summary>What was announced while the act ran.</summary>
    protected Task<IReadOnlyList<string>> HeardAsync(Func<Task> act) => Vault.HeardAsync(act);

    protected sealed record Use(Guid Device, Guid Password, string Protocol, string Client, string Ip, string At, long Uses);
}
