using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Portal.Platform.Accounts;
using Portal.Platform.SystemMail;
using Portal.Testing;
using Portal.Vault;
using Portal.Vault.Certificates;
using Portal.Vault.Notices;
using Portal.Vault.Vaultboxes;
using Portal.Web.Provisioning;
using Portal.Web.Tests.SystemMail;

namespace Portal.Web.Tests.Provisioning;

/// <summary>From the act on a key to the message that waits to be sent, on both databases.</summary>
public sealed class TellOwnersTests(PostgresCluster cluster) : SystemMailTest(cluster)
{
    [Fact]
    public async Task Run_KeyAdded_WritesItsFingerprintInFoursAndWhatToDo()
    {
        var portal = Instance();
        var (_, key) = await NewKeyAsync(portal, "mara@people.test");

        Assert.Equal(1, await TellAsync(portal));

        Assert.Equal("mara@people.test", await Platform.ScalarAsync<string>("SELECT recipient FROM system_messages WHERE kind = 'key-added'"));
        var text = (await TextAsync(portal, "key-added")).ReplaceLineEndings(" ");
        Assert.Contains(string.Join(' ', key.FingerprintSha256.Chunk(4).Select(group => new string(group))), text, StringComparison.Ordinal);
        Assert.Contains("If it was not you", text, StringComparison.Ordinal);
        Assert.Contains("“Card”", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Again_WritesNothing()
    {
        var portal = Instance();
        await NewKeyAsync(portal, "mara@people.test");
        await TellAsync(portal);

        Assert.Equal(0, await TellAsync(portal));
        Assert.Equal(1L, await Platform.ScalarAsync<long>("SELECT count(*) FROM system_messages"));
    }

    [Fact]
    public async Task Run_InstanceDiedBeforeItMarked_WritesNoSecondMessage()
    {
        var portal = Instance();
        await NewKeyAsync(portal, "mara@people.test");
        await TellAsync(portal);
        await Vault.ExecuteAsync("UPDATE owner_notices SET mailed_at = NULL");

        Assert.Equal(1, await TellAsync(portal));

        Assert.Equal(1L, await Platform.ScalarAsync<long>("SELECT count(*) FROM system_messages"));
        Assert.Equal(1L, await Vault.ScalarAsync<long>("SELECT count(*) FROM owner_notices WHERE mailed_at IS NOT NULL"));
    }

    [Fact]
    public async Task Run_OneFails_WhatWentBeforeStaysTold()
    {
        var portal = Instance();
        await NewKeyAsync(portal, "one@people.test");
        await NewKeyAsync(portal, "two@people.test");
        var calls = 0;

        await Assert.ThrowsAsync<InvalidOperationException>(() => portal.GetRequiredService<PassOnNotices>().HandleAsync(
            50, (_, _) => ++calls == 2 ? throw new InvalidOperationException() : Task.FromResult(NoticeTaking.Done), Cancel));

        Assert.Equal((1L, 1L), (
            await Vault.ScalarAsync<long>("SELECT count(*) FROM owner_notices WHERE mailed_at IS NOT NULL"),
            await Vault.ScalarAsync<long>("SELECT count(*) FROM owner_notices WHERE mailed_at IS NULL")));
    }

    [Fact]
    public async Task Run_OneCannotBeWritten_ThoseBehindItAreAndItIsTriedAgain()
    {
        var portal = Instance();
        await NewKeyAsync(portal, "one@people.test");
        await NewKeyAsync(portal, "two@people.test");
        await Platform.ExecuteAsync("ALTER TABLE system_messages ADD CONSTRAINT ck_not_one CHECK (recipient <> 'one@people.test')");

        Assert.Equal(2, await TellAsync(portal));
        Assert.Equal("two@people.test", await Platform.ScalarAsync<string>("SELECT string_agg(recipient, ',') FROM system_messages"));
        await Platform.ExecuteAsync("ALTER TABLE system_messages DROP CONSTRAINT ck_not_one");
        Assert.Equal(0, await TellAsync(portal));
        Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, await TellAsync(portal));
        Assert.Equal("one@people.test,two@people.test", await Platform.ScalarAsync<string>("SELECT string_agg(recipient, ',' ORDER BY recipient) FROM system_messages"));
    }

    [Fact]
    public async Task Run_PlatformIsAway_KeepsAllAndCountsNoFailure()
    {
        var portal = Instance();
        await NewKeyAsync(portal, "mara@people.test");
        await Platform.GoDownAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => TellAsync(portal));
        await Platform.GoUpAsync();

        Assert.Equal(0L, await Vault.ScalarAsync<long>("SELECT count(*) FROM owner_notices WHERE mailed_at IS NOT NULL OR mail_failures > 0"));
        Assert.Equal(1, await TellAsync(portal));
    }

    [Fact]
    public async Task Run_OwnerIsSuspended_WaitsUntilTheAccountIsActiveAgain()
    {
        var portal = Instance();
        await NewKeyAsync(portal, "mara@people.test");
        await Platform.ExecuteAsync("UPDATE users SET status = 'suspended'");
        for (var hours = 0; hours < PassOnNotices.MostFailures + 1; hours++)
        {
            Assert.Equal(1, await TellAsync(portal));
            Time.Advance(PassOnNotices.Wait);
        }

        Assert.Equal(0L, await Platform.ScalarAsync<long>("SELECT count(*) FROM system_messages"));
        await Platform.ExecuteAsync("UPDATE users SET status = 'active'");

        Assert.Equal(1, await TellAsync(portal));
        Assert.Equal("mara@people.test", await Platform.ScalarAsync<string>("SELECT recipient FROM system_messages"));
    }

    [Fact]
    public async Task Run_OwnerIsGone_IsGivenUp()
    {
        var portal = Instance();
        await NewKeyAsync(portal, null);

        Assert.Equal(1, await TellAsync(portal));
        Assert.Equal(0, await TellAsync(portal));
        Assert.Equal(0L, await Platform.ScalarAsync<long>("SELECT count(*) FROM system_messages"));
    }

    [Fact]
    public async Task Run_EveryKindOfNotice_HasWords()
    {
        var portal = Instance();
        var owner = await AddAsync(portal, "mara@people.test");
        // A support view is told by a mail of its own, in the transaction that opens it.
        var kinds = typeof(NoticeKinds).GetFields().Select(field => (string)field.GetRawConstantValue()!)
            .Except([NoticeKinds.ViewAsked, NoticeKinds.ViewWithoutAsking], StringComparer.Ordinal).ToList();
        foreach (var kind in kinds)
            await Vault.ExecuteAsync($$"""INSERT INTO owner_notices (user_id, kind, detail, occurred_at, wants_mail) VALUES ('{{owner}}', '{{kind}}', '{"name":"Card","address":"a@vault.test","fingerprint":"00ff"}', now(), true)""");

        await TellAsync(portal);

        Assert.Equal((long)kinds.Count, await Platform.ScalarAsync<long>("SELECT count(DISTINCT kind) FROM system_messages"));
    }

    [Theory]
    [InlineData("key_expiring", """{"name":"Card","address":"a@vault.test","fingerprint":"00ff","until":"2027-01-04T00:00:00Z","days":"14"}""", "expires in 14 days, on 4 January 2027")]
    [InlineData("key_expiring", """{"name":"Card","address":"a@vault.test","fingerprint":"00ff","until":"2027-01-04T00:00:00Z","days":"14"}""", "mail waits at its senders")]
    [InlineData("key_expiring", """{"name":"Card","address":"a@vault.test","until":"2027-01-04T00:00:00Z","days":"3","successor_until":"2029-02-08T00:00:00Z"}""", "valid until 8 February 2029")]
    [InlineData("key_expiring", """{"name":"Card","address":"a@vault.test","until":"2027-01-04T00:00:00Z","days":"0"}""", "expired on 4 January 2027")]
    public async Task Run_ExpiringKey_SaysWhenAndWhatThen(string kind, string detail, string words)
    {
        var portal = Instance();
        var owner = await AddAsync(portal, "mara@people.test");
        await Vault.ExecuteAsync($"INSERT INTO owner_notices (user_id, kind, detail, occurred_at, wants_mail) VALUES ('{owner}', '{kind}', '{detail}', now(), true)");

        await TellAsync(portal);

        Assert.Contains(words, (await TextAsync(portal, "key-expiring")).ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnerMail_Started_WarnsOfAKeyThatEndsAndWritesIt()
    {
        var clock = new SignallingClock(Time.GetUtcNow());
        var portal = Instance(time: clock);
        var (vaultbox, _) = await NewKeyAsync(portal, "mara@people.test");
        await Vault.ExecuteAsync($"UPDATE certificates SET not_after = '{clock.GetUtcNow().AddDays(13).AddMinutes(-1):O}' WHERE vaultbox_id = '{vaultbox}'");
        using var mail = new OwnerMail(Tell(portal), portal.GetRequiredService<WarnOfExpiringKeys>(), clock, NullLogger<OwnerMail>.Instance);

        await mail.StartAsync(Cancel);
        await clock.TimerMade.WaitAsync(Cancel);
        await mail.StopAsync(Cancel);

        Assert.Matches(@"expires\s+in\s+13\s+days", await TextAsync(portal, "key-expiring"));
    }

    private static Task<int> TellAsync(IServiceProvider on) => Tell(on).RunAsync(Cancel);

    private static TellOwners Tell(IServiceProvider on) =>
        new(on.GetRequiredService<PassOnNotices>(), on.GetRequiredService<TellOwner>(), NullLogger<TellOwners>.Instance);

    private async Task<string> TextAsync(IServiceProvider on, string kind) => on.GetRequiredService<SystemMailQueue>()
        .TryOpen(await Platform.ScalarAsync<byte[]>($"SELECT protected_body FROM system_messages WHERE kind = '{kind}'"))!.Text;

    private static async Task<Guid> AddAsync(IServiceProvider on, string email) => (await on.GetRequiredService<AddUser>()
        .HandleAsync(Actor.Operator, new AddUserRequest(email, Role.User, RandomNumberGenerator.GetHexString(32)), Cancel)).Value!.UserId;

    /// <summary>A vaultbox whose owner has just added a certificate.</summary>
    private async Task<(Guid Vaultbox, CertificateView Key)> NewKeyAsync(IServiceProvider on, string? email)
    {
        var owner = VaultActor.Session(email is null ? Guid.NewGuid() : await AddAsync(on, email), isAdmin: false, freshUntil: DateTimeOffset.MaxValue);
        var made = await on.GetRequiredService<CreateVaultbox>().HandleAsync(new CreateVaultboxRequest(owner, "vault.test", "Box", $"a{Guid.NewGuid():n}"), Cancel);
        var added = await on.GetRequiredService<AddCertificate>()
            .HandleAsync(new AddCertificateRequest(owner, made.Value!.Id, MakeCertificate(made.Value.Address), default, "Card"), Cancel);
        Assert.True(added.Succeeded, added.Problem?.Detail);
        return (made.Value.Id, added.Value.Certificate);
    }

    /// <summary>Tells when the service has begun to wait for its next turn.</summary>
    private sealed class SignallingClock(DateTimeOffset start) : FakeTimeProvider(start)
    {
        public SemaphoreSlim TimerMade { get; } = new(0);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == OwnerMail.Interval)
                TimerMade.Release();
            return timer;
        }
    }
}
