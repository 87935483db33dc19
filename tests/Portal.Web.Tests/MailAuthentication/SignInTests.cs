using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Administration;
using Portal.Testing;
using Portal.Web.MailAuthentication;

namespace Portal.Web.Tests.MailAuthentication;

/// <summary>Sign-in where something is away, forbidden or too much; each test breaks a portal of its own.</summary>
public sealed class SignInTests(PostgresCluster cluster) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly MailWorld world = new(cluster);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => world.InitializeAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task SignIn_WithOneDatabaseAway_GoesOnInTheOtherAndIsPutOffInIt()
    {
        var device = await world.AddDeviceAsync();
        var block = await world.AddMotorBlockAsync();
        var neverSeen = await world.AddDeviceAsync();
        await ExpectAsync("235", device);
        await ExpectAsync("235", block);

        await world.World.Vault.GoDownAsync();
        await ExpectAsync("454 4.7.0", device);
        await ExpectAsync("454 4.7.0", neverSeen);
        await ExpectAsync("235", block);
        await world.World.Vault.GoUpAsync();

        await world.World.Platform.GoDownAsync();
        await ExpectAsync("454 4.7.0", block);
        await ExpectAsync("235", device);
        await world.World.Platform.GoUpAsync();
        await ExpectAsync("235", block);
    }

    [Fact]
    public async Task Suspend_OfTheOwner_EndsSessionsOfBothPoolsAndRestoringLetsThemIn()
    {
        var device = await world.AddDeviceAsync();
        var block = await world.AddMotorBlockAsync();
        await using var ofDevice = await SignedInAsync(device);
        await using var ofBlock = await SignedInAsync(block);

        var suspended = await world.Services.GetRequiredService<SuspendUser>().HandleAsync(Actor.Operator, new SuspendUserRequest(world.OwnerId, "Test"), Cancel);

        Assert.True(suspended.Succeeded, suspended.Failure?.Detail);
        Assert.StartsWith("421 4.7.0", await ofDevice.ReplyAsync().WaitAsync(Limit, Cancel), StringComparison.Ordinal);
        Assert.StartsWith("421 4.7.0", await ofBlock.ReplyAsync().WaitAsync(Limit, Cancel), StringComparison.Ordinal);
        await ExpectAsync("535 5.7.13 This account is suspended", device);
        await ExpectAsync("535 5.7.13 This account is suspended", block);

        var restored = await world.Services.GetRequiredService<RestoreUser>().HandleAsync(Actor.Operator, new RestoreUserRequest(world.OwnerId), Cancel);
        Assert.True(restored.Succeeded, restored.Failure?.Detail);
        await ExpectAsync("235", block);
    }

    [Fact]
    public async Task SignIn_WithTheRightPassword_IsNotedWithItsClientAndNetwork()
    {
        var device = await world.AddDeviceAsync();
        using var socket = await AuthSocket.ConnectAsync(world.SocketPath);
        for (var i = 0; i < 3; i++)
            Assert.Equal("OK", (await socket.AskAsync("imap", device.Username, device.Password.Text, "198.51.100.7")).Verdict);

        await world.Services.GetRequiredService<CredentialUses>().FlushAsync(Cancel);

        Assert.Equal(3L, await world.World.Vault.ScalarAsync<long>($"SELECT sum(uses)::bigint FROM device_uses WHERE device_id = '{device.Id}' AND protocol = 'imap' AND network = '198.51.100.0/24'"));
        Assert.Equal("198.51.100.7", await world.World.Vault.ScalarAsync<string>($"SELECT host(last_used_ip) FROM devices WHERE id = '{device.Id}'"));
    }

    [Fact]
    public async Task SignIn_OfANameOfOnePoolInTheOther_IsWrong()
    {
        var device = await world.AddDeviceAsync();
        var block = await world.AddMotorBlockAsync();

        // The same name and password, given to the other pool's shape of name.
        await ExpectAsync("535 5.7.8", block with { Username = $"{block.Username}@vault.test" });
        await ExpectAsync("535 5.7.8", device with { Username = device.Username["encimap-".Length..] });
        await ExpectAsync("535 5.7.8", block with { Password = device.Password });
    }

    private async Task<RawSession> SignedInAsync(MadeCredential credential)
    {
        var session = await RawSession.ConnectAsync(world.SubmissionTlsPort);
        Assert.StartsWith("235", await session.AuthenticateAsync(credential.Username, credential.Password.Text), StringComparison.Ordinal);
        return session;
    }

    private async Task ExpectAsync(string reply, MadeCredential credential)
    {
        await using var session = await RawSession.ConnectAsync(world.SubmissionTlsPort);
        Assert.StartsWith(reply, await session.AuthenticateAsync(credential.Username, credential.Password.Text), StringComparison.Ordinal);
    }
}
