using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Portal.Platform.Accounts;
using Portal.Platform.SystemMail;
using Portal.Testing;
using Portal.Vault.Credentials;
using Portal.Web.Provisioning;
using Portal.Web.Tests.SystemMail;

namespace Portal.Web.Tests.Provisioning;

/// <summary>What falls due by time for devices, on both databases.</summary>
public sealed class WarnOfEndingOverlapsTests(PostgresCluster cluster) : SystemMailTest(cluster)
{
    private const string Former = "SELECT count(*) FROM imap_app_credentials WHERE previous_password_hash IS NOT NULL";

    [Fact]
    public async Task Run_OldPasswordEndsWithAClientOnIt_WritesToTheOwnerOnce()
    {
        var portal = Instance();
        var (device, vaultbox) = await NewDeviceAsync(await AddAsync(portal, "mara@people.test"), TimeSpan.FromMinutes(90));

        Assert.Equal(1, await WarnAsync(portal));

        Assert.Equal(0, await WarnAsync(portal));
        Assert.Equal("mara@people.test", await Platform.ScalarAsync<string>("SELECT recipient FROM system_messages WHERE kind = 'old-password-ending'"));
        var sealedBody = await Platform.ScalarAsync<byte[]>("SELECT protected_body FROM system_messages WHERE kind = 'old-password-ending'");
        var text = portal.GetRequiredService<SystemMailQueue>().TryOpen(sealedBody)!.Text;
        Assert.Contains("“Kitchen phone”", text, StringComparison.Ordinal);
        Assert.Contains("Old mail app (192.0.2.0/24)", text, StringComparison.Ordinal);
        Assert.Contains($"/vaultboxes/{vaultbox}", text, StringComparison.Ordinal);
        Assert.Equal(1L, await Vault.ScalarAsync<long>($"SELECT count(*) FROM devices WHERE id = '{device}' AND overlap_warned_at IS NOT NULL"));
    }

    [Fact]
    public async Task Run_OwnerIsGoneOrSuspended_WritesNothing()
    {
        var portal = Instance();
        await NewDeviceAsync(Guid.NewGuid(), TimeSpan.FromMinutes(30));
        await NewDeviceAsync(await AddAsync(portal, "away@people.test"), TimeSpan.FromMinutes(30));
        await Platform.ExecuteAsync("UPDATE users SET status = 'suspended', suspended_reason = 'why' WHERE email = 'away@people.test'");

        Assert.Equal(0, await WarnAsync(portal));
        Assert.Equal(0L, await Platform.ScalarAsync<long>("SELECT count(*) FROM system_messages WHERE kind = 'old-password-ending'"));
    }

    [Fact]
    public async Task Run_ManyClients_NamesTenAndCountsTheRest()
    {
        var portal = Instance();
        var (device, _) = await NewDeviceAsync(await AddAsync(portal, "many@people.test"), TimeSpan.FromMinutes(30));
        await Vault.ExecuteAsync(
            $"""
             INSERT INTO device_uses SELECT device_id, password_id, protocol, 'app ' || n, network, last_ip, first_at, last_at - n * interval '1 minute', 1
             FROM device_uses, generate_series(1, 12) n WHERE device_id = '{device}'
             """);

        await WarnAsync(portal);

        var sealedBody = await Platform.ScalarAsync<byte[]>("SELECT protected_body FROM system_messages WHERE kind = 'old-password-ending'");
        var text = portal.GetRequiredService<SystemMailQueue>().TryOpen(sealedBody)!.Text;
        Assert.Contains("and 3 more", text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("app 10", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Purge_StartedAndAnHourLater_ClearsWhatIsOver()
    {
        var clock = new SignallingClock(Time.GetUtcNow(), PasswordPurge.Interval);
        var portal = Instance(time: clock);
        await NewDeviceAsync(Guid.NewGuid(), TimeSpan.FromMinutes(-1));
        await NewDeviceAsync(Guid.NewGuid(), TimeSpan.FromMinutes(59));
        using var purge = new PasswordPurge(portal.GetRequiredService<PurgeEndedPasswords>(), clock, NullLogger<PasswordPurge>.Instance);

        await purge.StartAsync(Cancel);
        await clock.TimerMade.WaitAsync(Cancel);
        var atOnce = await Vault.ScalarAsync<long>(Former);
        clock.Advance(PasswordPurge.Interval);
        await clock.TimerMade.WaitAsync(Cancel);
        var later = await Vault.ScalarAsync<long>(Former);

        await purge.StopAsync(Cancel);
        Assert.Equal((1L, 0L), (atOnce, later));
    }

    [Fact]
    public async Task Warnings_StartedAndFiveMinutesLater_AreWritten()
    {
        var clock = new SignallingClock(Time.GetUtcNow(), OverlapWarnings.Interval);
        var portal = Instance(time: clock);
        var owner = await AddAsync(portal, "soon@people.test");
        await NewDeviceAsync(owner, TimeSpan.FromMinutes(124));
        using var warnings = new OverlapWarnings(Warn(portal), clock, NullLogger<OverlapWarnings>.Instance);

        await warnings.StartAsync(Cancel);
        await clock.TimerMade.WaitAsync(Cancel);
        var atOnce = await Platform.ScalarAsync<long>("SELECT count(*) FROM system_messages");
        clock.Advance(OverlapWarnings.Interval);
        await clock.TimerMade.WaitAsync(Cancel);
        var later = await Platform.ScalarAsync<long>("SELECT count(*) FROM system_messages");

        await warnings.StopAsync(Cancel);
        Assert.Equal((0L, 1L), (atOnce, later));
    }

    private static Task<int> WarnAsync(IServiceProvider on) => Warn(on).RunAsync(Cancel);

    private static WarnOfEndingOverlaps Warn(IServiceProvider on) => new(
        on.GetRequiredService<ClaimEndingOverlaps>(), on.GetRequiredService<TellOfEndingPassword>(), NullLogger<WarnOfEndingOverlaps>.Instance);

    private static async Task<Guid> AddAsync(IServiceProvider on, string email) => (await on.GetRequiredService<AddUser>()
        .HandleAsync(Actor.Operator, new AddUserRequest(email, Role.User, RandomNumberGenerator.GetHexString(32)), Cancel)).Value!.UserId;

    /// <summary>A device amid an overlap, with one client that was seen with the old password alone.</summary>
    private async Task<(Guid Device, Guid Vaultbox)> NewDeviceAsync(Guid owner, TimeSpan left)
    {
        var (device, vaultbox, now) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Time.GetUtcNow());
        await Vault.ExecuteAsync(
            $"""
             INSERT INTO vaultboxes (id, user_id, domain, name, alias) VALUES ('{vaultbox}', '{owner}', 'vault.test', 'Box', 'd{device:n}');
             INSERT INTO devices (id, user_id, vaultbox_id, username, label, password_id, previous_password_id, previous_valid_until)
                 VALUES ('{device}', '{owner}', '{vaultbox}', 'encimap-{device:n}', 'Kitchen phone', gen_random_uuid(), gen_random_uuid(), '{now + left:O}');
             INSERT INTO imap_app_credentials (device_id, user_id, vaultbox_id, username, password_hash, previous_password_hash)
                 VALUES ('{device}', '{owner}', '{vaultbox}', 'encimap-{device:n}', '!', '!');
             INSERT INTO device_uses (device_id, password_id, protocol, client_name, network, last_ip, first_at, last_at, uses)
                 SELECT id, previous_password_id, 'imap', 'Old mail app', '192.0.2.0/24', '192.0.2.7', '{now.AddDays(-1):O}', '{now.AddMinutes(-1):O}', 3
                 FROM devices WHERE id = '{device}'
             """);
        return (device, vaultbox);
    }

    /// <summary>Tells when the service has begun to wait for its next turn.</summary>
    private sealed class SignallingClock(DateTimeOffset start, TimeSpan awaited) : FakeTimeProvider(start)
    {
        public SemaphoreSlim TimerMade { get; } = new(0);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == awaited)
                TimerMade.Release();
            return timer;
        }
    }
}
