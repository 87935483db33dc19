using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Portal.Mail.Backends;
using Portal.Platform.Accounts;
using Portal.Platform.SystemMail;
using Portal.Testing;
using Portal.Web.SystemMail;

namespace Portal.Web.Tests.SystemMail;

public sealed class DeliverSystemMailTests(PostgresCluster cluster) : SystemMailTest(cluster)
{
    private const string Recipient = "mara@people.test";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_WithSmartHost_SendsOneMessageInTwoFormsAndForgetsItsText(bool withTls)
    {
        await using var smartHost = await SmartHostServer.StartAsync(withTls);
        var portal = Instance(smartHost);
        await WriteAsync(portal, Recipient);

        Assert.Null(await RunAsync(portal));

        var (transaction, content) = Assert.Single(smartHost.Received);
        Assert.Equal(withTls, transaction.Peer.TlsProtocol is not null);
        Assert.Equal("portal@vault.test", transaction.Sender.Address);
        Assert.Equal(("mara", "people.test"), (transaction.Recipients[0].Address.LocalPart, transaction.Recipients[0].Address.Domain));
        Assert.Contains("Auto-Submitted: auto-generated\r\n", content, StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/plain; charset=utf-8\r\n", content, StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/html; charset=utf-8\r\n", content, StringComparison.Ordinal);
        var row = await TheOneAsync(portal);
        Assert.Equal((SystemMessageState.Sent, false, 1), (row.State, row.HasBody, row.Attempts));
        Assert.Equal(0L, await Platform.ScalarAsync<long>("SELECT count(*) FROM system_messages WHERE protected_body IS NOT NULL"));
    }

    [Fact]
    public async Task Run_CertificateOfAStranger_SendsNothing()
    {
        await using var smartHost = await SmartHostServer.StartAsync(withTls: true);
        var portal = Instance(smartHost, options => options.CertificateAuthorityFile = null);
        await WriteAsync(portal, Recipient);

        await RunAsync(portal);

        Assert.Empty(smartHost.Received);
        var row = await TheOneAsync(portal);
        Assert.Equal(SystemMessageState.Queued, row.State);
        Assert.Contains("not trusted", row.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StartTlsNotOffered_SendsNothingInClear()
    {
        await using var smartHost = await SmartHostServer.StartAsync();
        var portal = Instance(smartHost, options => options.Security = "StartTls");
        await WriteAsync(portal, Recipient);

        await RunAsync(portal);

        Assert.Empty(smartHost.Received);
        Assert.Contains("STARTTLS", (await TheOneAsync(portal)).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SmartHostSaysLater_TriesAgainAfterOneThenTwoMinutes()
    {
        await using var smartHost = await SmartHostServer.StartAsync();
        smartHost.OnRecipient = () => new SmtpReply(451, new(4, 3, 0), "Later");
        var portal = Instance(smartHost);
        await WriteAsync(portal, Recipient);

        Assert.Equal(Rounded(Time.GetUtcNow().AddMinutes(1)), Rounded(await RunAsync(portal)));
        Time.Advance(TimeSpan.FromSeconds(59));
        await RunAsync(portal);
        Assert.Equal(1, (await TheOneAsync(portal)).Attempts);
        Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(Rounded(Time.GetUtcNow().AddMinutes(2)), Rounded(await RunAsync(portal)));
        smartHost.OnRecipient = null;
        Time.Advance(TimeSpan.FromMinutes(3));
        await RunAsync(portal);

        Assert.Single(smartHost.Received);
        var row = await TheOneAsync(portal);
        Assert.Equal((SystemMessageState.Sent, 3), (row.State, row.Attempts));
    }

    [Fact]
    public async Task Run_SmartHostRefusesForGood_FailsWithItsReasonUntilAnAdminRetries()
    {
        await using var smartHost = await SmartHostServer.StartAsync();
        smartHost.OnRecipient = () => new SmtpReply(550, new(5, 7, 1), "Not from you");
        var portal = Instance(smartHost);
        await WriteAsync(portal, Recipient);

        Assert.Null(await RunAsync(portal));

        var row = await TheOneAsync(portal);
        Assert.Equal((SystemMessageState.Failed, true), (row.State, row.HasBody));
        Assert.Contains("550", row.LastError, StringComparison.Ordinal);
        smartHost.OnRecipient = null;
        Assert.True((await portal.GetRequiredService<RetrySystemMail>().HandleAsync(Actor.Operator, row.Id, Cancel)).Succeeded);
        await RunAsync(portal);
        Assert.Equal(SystemMessageState.Sent, (await TheOneAsync(portal)).State);
    }

    [Fact]
    public async Task Run_NobodyListens_TriesLater()
    {
        var portal = Instance(null, options => (options.Host, options.Port, options.Security, options.From) = ("127.0.0.1", FreePort(), "None", "a@vault.test"));
        await WriteAsync(portal, Recipient);

        await RunAsync(portal);

        var row = await TheOneAsync(portal);
        Assert.Equal(SystemMessageState.Queued, row.State);
        Assert.Contains("cannot be reached", row.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TwoInstancesAtOnce_SendEachMessageOnce()
    {
        await using var smartHost = await SmartHostServer.StartAsync();
        var (one, other) = (Instance(smartHost), Instance(smartHost));
        for (var i = 0; i < 25; i++)
            await WriteAsync(one, $"person{i}@people.test");

        await Task.WhenAll(RunAsync(one), RunAsync(other));

        Assert.Equal(25, smartHost.Received.Count);
        Assert.Equal(25, smartHost.Received.Select(received => received.Transaction.Recipients[0].Address.LocalPart).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Run_InstanceDiedWithItsClaim_AnotherTakesItAfterTheLease()
    {
        await using var smartHost = await SmartHostServer.StartAsync();
        var portal = Instance(smartHost);
        await WriteAsync(portal, Recipient);
        await portal.GetRequiredService<ClaimSystemMail>()
            .HandleAsync(Actor.Operator, new ClaimSystemMailRequest(10, TimeSpan.FromMinutes(5)), Cancel);

        await RunAsync(portal);
        Assert.Empty(smartHost.Received);
        Time.Advance(TimeSpan.FromMinutes(6));
        await RunAsync(portal);

        Assert.Single(smartHost.Received);
    }

    [Fact]
    public async Task Run_RecipientIsAVaultboxHere_SealsItAndLeavesNoPlaintext()
    {
        await using var smartHost = await SmartHostServer.StartAsync();
        var portal = Instance(smartHost);
        await NewVaultboxAsync(portal, "mara");
        await WriteAsync(portal, "mara@vault.test");

        await RunAsync(portal);

        Assert.Empty(smartHost.Received);
        Assert.Equal(SystemMessageState.Sealed, (await TheOneAsync(portal)).State);
        Assert.Equal(1L, await Vault.ScalarAsync<long>("SELECT count(*) FROM encrypted_emails"));
        foreach (var word in new[] { "destroyed", "account/data", "deleted" })
            Assert.Equal(0L, await Vault.ScalarAsync<long>($"SELECT count(*) FROM encrypted_emails e WHERE position(convert_to('{word}', 'UTF8') IN e.body_encrypted) > 0 OR (to_jsonb(e) - 'body_encrypted')::text LIKE '%{word}%'"));
        Assert.Equal(1L, await Vault.ScalarAsync<long>("SELECT count(*) FROM email_processing_logs WHERE stage = 'sealed'"));
    }

    [Fact]
    public async Task Run_SealedButNotNoted_IsNotStoredTwice()
    {
        var portal = Instance();
        await NewVaultboxAsync(portal, "mara");
        await WriteAsync(portal, "mara@vault.test");
        await Platform.ExecuteAsync("CREATE TABLE kept AS SELECT * FROM system_messages");
        await RunAsync(portal);

        await Platform.ExecuteAsync("DELETE FROM system_messages; INSERT INTO system_messages SELECT * FROM kept");
        await RunAsync(portal);

        Assert.Equal(1L, await Vault.ScalarAsync<long>("SELECT count(*) FROM encrypted_emails"));
        Assert.Equal(SystemMessageState.Sealed, (await TheOneAsync(portal)).State);
    }

    [Fact]
    public async Task Run_VaultboxHasNoKey_WaitsAndNeverLeavesInClear()
    {
        await using var smartHost = await SmartHostServer.StartAsync();
        var portal = Instance(smartHost);
        await NewVaultboxAsync(portal, "mara", withKey: false);
        await WriteAsync(portal, "mara@vault.test");

        await RunAsync(portal);

        Assert.Empty(smartHost.Received);
        var row = await TheOneAsync(portal);
        Assert.Equal(SystemMessageState.Queued, row.State);
        Assert.Contains("451", row.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NothingConfigured_HoldsItUntilSendingIsConfigured()
    {
        var without = Instance();
        await WriteAsync(without, Recipient);
        Assert.Null(await RunAsync(without));
        Assert.Equal((SystemMessageState.Held, true), ((await TheOneAsync(without)).State, (await TheOneAsync(without)).HasBody));

        await using var smartHost = await SmartHostServer.StartAsync();
        var with = Instance(smartHost);
        await with.GetRequiredService<ReleaseSystemMail>().HandleAsync(Actor.Operator, Cancel);
        await RunAsync(with);

        Assert.Equal(SystemMessageState.Sent, (await TheOneAsync(with)).State);
    }

    [Fact]
    public async Task Service_MessageIsWritten_IsWokenByIt()
    {
        await using var smartHost = await SmartHostServer.StartAsync();
        var portal = Instance(smartHost, time: TimeProvider.System);
        var delivery = portal.GetServices<IHostedService>().OfType<SystemMailDelivery>().Single();
        await delivery.StartAsync(Cancel);
        // The first message tells that the service listens; the second can only be told by its announcement: the net is a minute wide.
        await WriteAsync(portal, Recipient);
        await smartHost.Arrivals.Reader.ReadAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(50), Cancel);

        await WriteAsync(portal, "otto@people.test");

        await smartHost.Arrivals.Reader.ReadAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await delivery.StopAsync(Cancel);
    }

    private static DateTimeOffset? Rounded(DateTimeOffset? at) => at is { } time ? new DateTimeOffset(time.Ticks / 10_000 * 10_000, TimeSpan.Zero) : null;

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
