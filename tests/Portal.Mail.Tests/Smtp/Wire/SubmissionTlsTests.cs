using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Mail.Smtp;
using Portal.Mail.Tests.Support;

namespace Portal.Mail.Tests.Smtp.Wire;

public sealed class SubmissionTlsTests
{
    [Fact]
    public async Task StartTls_Handshake_OpensAuth()
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.ConnectAsync();

        await client.SayAsync("STARTTLS", "503 5.5.1 Say EHLO");
        await client.SayAsync("EHLO a", SubmissionServer.Keywords + "250 STARTTLS");
        await client.SayAsync("STARTTLS", "220 2.0.0");
        await client.UpgradeAsync();
        await client.SayAsync($"AUTH PLAIN {server.Plain()}", "503 5.5.1 Say EHLO");
        await client.SayAsync("EHLO a", SubmissionServer.Keywords + "250 AUTH PLAIN LOGIN");
        await client.SayAsync("STARTTLS", "503 5.5.1 TLS already");
        await client.SayAsync($"AUTH PLAIN {server.Plain()}", "235 2.7.0");
        await client.SayAsync("STARTTLS", "503 5.5.1");
        await client.StartDataAsync();
        await client.SayAsync(".", "250 2.0.0");
    }

    [Fact]
    public async Task StartTls_ClearTextBehindIt_EndsTheSession()
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.ConnectAsync();
        await client.SayAsync("EHLO a", "250-");

        await client.SendAsync($"STARTTLS\r\nEHLO a\r\nAUTH PLAIN {server.Plain()}\r\nMAIL FROM:<evil@b>\r\n");
        await client.ExpectAsync("554 5.5.0");
        await client.ExpectEndAsync();

        Assert.Empty(server.Backend.Logins);
    }

    [Fact]
    public async Task StartTls_NoCertificate_LeavesNoWayIn()
    {
        await using var server = await SubmissionServer.StartAsync(withTls: false);
        var client = await server.ConnectAsync();

        await client.SayAsync("EHLO a", SubmissionServer.Keywords[..^"250-HELP\n".Length] + "250 HELP");
        await client.SayAsync("STARTTLS", "502 5.5.1");
        await client.SayAsync($"AUTH PLAIN {server.Plain()}", "530 5.7.0");
        var secure = await server.ConnectTlsSilentlyAsync();
        await secure.ExpectEndAsync();
    }

    [Fact]
    public async Task ImplicitTls_Handshake_ComesBeforeTheGreeting()
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.ConnectTlsSilentlyAsync();
        Assert.Empty(server.Backend.Connects);

        await client.UpgradeAsync();

        await client.ExpectAsync("220 mx.example.org ESMTP");
        Assert.NotNull(Assert.Single(server.Backend.Connects).Peer.TlsProtocol);
        await client.SayAsync("EHLO a", SubmissionServer.Keywords + "250 AUTH PLAIN LOGIN");
        await client.SayAsync("STARTTLS", "503 5.5.1");
        await client.SayAsync($"AUTH PLAIN {server.Plain()}", "235 ");
    }

    [Fact]
    public async Task ImplicitTls_ClearText_IsNeverACommand()
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.ConnectTlsSilentlyAsync();

        await client.SendAsync($"EHLO a\r\nAUTH PLAIN {server.Plain()}\r\n");

        // A TLS alert may come, a reply may not.
        while (await client.ReadReplyAsync() is { } octets)
            Assert.DoesNotContain("250", octets, StringComparison.Ordinal);
        Assert.Empty(server.Backend.Logins);
        var refusal = Assert.Single(server.Backend.Refusals);
        Assert.Equal(("tls_failed", null, null), (refusal.Reason, refusal.Command, refusal.Reply));
    }

    [Fact]
    public async Task ImplicitTls_NoHandshake_EndsTheSession()
    {
        await using var server = await SubmissionServer.StartAsync();
        await using var connection = new InlineConnection();
        var service = server.Services.GetRequiredService<SmtpSubmission>();
        using var session = new SmtpSession(
            service, connection.Channel, connection.Clock, IPAddress.Loopback, CancellationToken.None, NullLogger.Instance);
        var running = session.RunAsync(startsInTls: true);
        connection.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(server.Backend.Refusals);

        connection.Time.Advance(TimeSpan.FromSeconds(1));
        await running;

        Assert.Equal("timeout_tls", Assert.Single(server.Backend.Refusals).Reason);
        Assert.Empty(server.Backend.Connects);
    }

    [Fact]
    public async Task ImplicitTls_TooManyConnections_AreClosedWithoutAWord()
    {
        await using var server = await SubmissionServer.StartAsync(o => o.MaxConnectionsPerPeer = 1);
        await server.ConnectSecurelyAsync();

        // One count for both ports.
        await (await server.ConnectTlsSilentlyAsync()).ExpectEndAsync();
        await (await server.ConnectSilentlyAsync()).ExpectAsync("421 4.7.0 Too many connections");

        Assert.Equal([false, true], server.Backend.Refusals.Select(o => o.Reply is not null));
        Assert.All(server.Backend.Refusals, o => Assert.Equal("connections_of_peer", o.Reason));
    }

    [Fact]
    public async Task Clear_AllowedOnLoopback_SignsInWithoutTls()
    {
        await using var server = await SubmissionServer.StartAsync(o => o.AllowClearOnLoopback = true);
        var client = await server.ConnectAsync();

        await client.SayAsync("MAIL FROM:<a@b>", "530 5.7.0 Authentication required");
        await client.SayAsync("EHLO a", SubmissionServer.Keywords + "250-STARTTLS\n250 AUTH PLAIN LOGIN");
        await client.SayAsync($"AUTH PLAIN {server.Plain()}", "235 ");
        await client.SayAsync("STARTTLS", "503 5.5.1 Already signed in");
        await client.SayAsync("MAIL FROM:<a@b>", "250 ");

        var upgraded = await server.ConnectAsync();
        await upgraded.SayAsync("EHLO a", "250-");
        await upgraded.SayAsync("STARTTLS", "220 ");
        await upgraded.UpgradeAsync();
        await upgraded.SayAsync("EHLO a", SubmissionServer.Keywords + "250 AUTH PLAIN LOGIN");
        await upgraded.SayAsync($"AUTH PLAIN {server.Plain()}", "235 ");
    }
}
