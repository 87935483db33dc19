using Microsoft.Extensions.DependencyInjection;
using Portal.Vault.Credentials;

namespace Portal.Web.Tests.MailAuthentication;

/// <summary>Sessions that are open when their credential, or its password, ends.</summary>
[Collection(nameof(MailCollection))]
public sealed class LiveSessionTests(MailWorld world)
{
    /// <summary>What the requirements allow.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RotateAndRevoke_UnderFiftySessions_EndTheirOwnWithinFiveSecondsAndNoOther()
    {
        var devices = new List<MadeCredential>();
        for (var i = 0; i < 10; i++)
            devices.Add(await world.AddDeviceAsync());
        var sessions = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i => (Device: devices[i % 10], Session: await SignInAsync(devices[i % 10]))));

        await RotateAsync(devices[0], overlapMinutes: 0);
        await RotateAsync(devices[1], overlapMinutes: 10);
        var revoked = await world.Services.GetRequiredService<RevokeDevice>().HandleAsync(new RevokeDeviceRequest(world.Owner, world.VaultboxId, devices[2].Id), Cancel);
        Assert.True(revoked.Succeeded, revoked.Problem?.Detail);

        foreach (var (device, session) in sessions)
        {
            var isOver = device == devices[0] || device == devices[2];
            if (isOver)
                Assert.StartsWith("421 4.7.0", await session.ReplyAsync().WaitAsync(Limit, Cancel), StringComparison.Ordinal);
        }

        foreach (var (device, session) in sessions)
        {
            if (device != devices[0] && device != devices[2])
                Assert.StartsWith("250", await session.SayAsync("NOOP"), StringComparison.Ordinal);
            await session.DisposeAsync();
        }
    }

    [Fact]
    public async Task Rotate_WithNoOverlap_RefusesTheOldPasswordThatWasTakenAMomentAgo()
    {
        var device = await world.AddDeviceAsync();
        await using var first = await SignInAsync(device);

        var made = await RotateAsync(device, overlapMinutes: 0);

        Assert.StartsWith("421", await first.ReplyAsync().WaitAsync(Limit, Cancel), StringComparison.Ordinal);
        await using var second = await RawSession.ConnectAsync(world.SubmissionTlsPort);
        Assert.StartsWith("535 5.7.8", await second.AuthenticateAsync(device.Username, device.Password.Text), StringComparison.Ordinal);
        Assert.StartsWith("235", await second.AuthenticateAsync(device.Username, made), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UndoRotation_AfterTheNewPasswordWasUsed_EndsItsSessionsAndKeepsTheOld()
    {
        var device = await world.AddDeviceAsync();
        await using var old = await SignInAsync(device);
        var made = await RotateAsync(device, overlapMinutes: 60);
        await using var fresh = await RawSession.ConnectAsync(world.SubmissionTlsPort);
        Assert.StartsWith("235", await fresh.AuthenticateAsync(device.Username, made), StringComparison.Ordinal);

        var undone = await world.Services.GetRequiredService<UndoRotation>().HandleAsync(new UndoRotationRequest(world.Owner, world.VaultboxId, device.Id), Cancel);

        Assert.True(undone.Succeeded, undone.Problem?.Detail);
        Assert.StartsWith("421 4.7.0", await fresh.ReplyAsync().WaitAsync(Limit, Cancel), StringComparison.Ordinal);
        Assert.StartsWith("250", await old.SayAsync("NOOP"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expires_at = now() + interval '1500 milliseconds'", null)]
    [InlineData("", 1500)]
    public async Task TheClock_WhenACredentialOrItsOldPasswordIsOver_EndsTheSession(string columns, int? previousMilliseconds)
    {
        var until = previousMilliseconds is { } left ? TimeProvider.System.GetUtcNow().AddMilliseconds(left) : (DateTimeOffset?)null;
        var device = await world.AddDeviceAsync(columns: columns, previousUntil: until);
        await using var session = await RawSession.ConnectAsync(world.SubmissionTlsPort);
        Assert.StartsWith("235", await session.AuthenticateAsync(device.Username, (device.Previous ?? device.Password).Text), StringComparison.Ordinal);

        Assert.StartsWith("421 4.7.0", await session.ReplyAsync().WaitAsync(Limit + TimeSpan.FromSeconds(2), Cancel), StringComparison.Ordinal);
        // What was right a moment ago is not believed past its end.
        await using var again = await RawSession.ConnectAsync(world.SubmissionTlsPort);
        Assert.StartsWith("535", await again.AuthenticateAsync(device.Username, (device.Previous ?? device.Password).Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pause_OfAMotorBlock_EndsItsSessions()
    {
        var block = await world.AddMotorBlockAsync();
        var other = await world.AddMotorBlockAsync();
        await using var session = await SignInAsync(block);
        await using var untouched = await SignInAsync(other);

        await world.World.Platform.ExecuteAsync($"UPDATE motor_blocks SET smtp_enabled = false WHERE id = '{block.Id}'; SELECT pg_notify('platform_motor_blocks', 'block:{block.Id}')");

        Assert.StartsWith("421 4.7.0", await session.ReplyAsync().WaitAsync(Limit, Cancel), StringComparison.Ordinal);
        Assert.StartsWith("250", await untouched.SayAsync("NOOP"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AChangeOfTheAccount_ThatSuspendsNobody_EndsNoSessionOfEitherPool()
    {
        var device = await world.AddDeviceAsync();
        var block = await world.AddMotorBlockAsync();
        var ending = await world.AddMotorBlockAsync();
        await using var ofDevice = await SignInAsync(device);
        await using var ofBlock = await SignInAsync(block);
        await using var last = await SignInAsync(ending);

        // What is announced later is heard later: when the last session has ended, the account's change has been dealt with.
        await world.World.Platform.ExecuteAsync($"SELECT pg_notify('platform_accounts', 'account:{world.OwnerId}')");
        await world.World.Platform.ExecuteAsync($"UPDATE motor_blocks SET smtp_enabled = false WHERE id = '{ending.Id}'; SELECT pg_notify('platform_motor_blocks', 'block:{ending.Id}')");

        Assert.StartsWith("421 4.7.0", await last.ReplyAsync().WaitAsync(Limit, Cancel), StringComparison.Ordinal);
        Assert.StartsWith("250", await ofDevice.SayAsync("NOOP"), StringComparison.Ordinal);
        Assert.StartsWith("250", await ofBlock.SayAsync("NOOP"), StringComparison.Ordinal);
    }

    private async Task<RawSession> SignInAsync(MadeCredential credential)
    {
        var session = await RawSession.ConnectAsync(world.SubmissionTlsPort);
        Assert.StartsWith("235", await session.AuthenticateAsync(credential.Username, credential.Password.Text), StringComparison.Ordinal);
        return session;
    }

    /// <returns>The new password.</returns>
    private async Task<string> RotateAsync(MadeCredential device, int overlapMinutes)
    {
        var rotated = await world.Services.GetRequiredService<RotateDevice>().HandleAsync(
            new RotateDeviceRequest(world.Owner, world.VaultboxId, device.Id, overlapMinutes), Cancel);
        Assert.True(rotated.Succeeded, rotated.Problem?.Detail);
        return rotated.Value.Password.Text;
    }
}
