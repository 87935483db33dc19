using System.Security.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Portal.Mail.Smtp;
using Portal.Mail.Tests.Support;

namespace Portal.Mail.Tests.Smtp.Wire;

public sealed class StartTlsTests
{
    [Theory]
    [InlineData(SslProtocols.Tls12, "TLSv1.2")]
    [InlineData(SslProtocols.Tls13, "TLSv1.3")]
    public async Task StartTls_Handshake_StartsTheSessionAnew(SslProtocols protocol, string name)
    {
        await using var server = await IntakeServer.StartAsync(withTls: true);
        var client = await server.ConnectAsync();
        await client.SayAsync("EHLO before.example", "250-mx.example.org\n250-PIPELINING\n250-SIZE 52428800\n250-8BITMIME\n250-SMTPUTF8\n250-ENHANCEDSTATUSCODES\n250-HELP\n250 STARTTLS");

        await client.SayAsync("STARTTLS", "220 2.0.0");
        await client.UpgradeAsync(protocol);
        await client.SayAsync("MAIL FROM:<a@b>", "503 5.5.1 Say EHLO");
        var forgotten = Assert.Single(server.Backend.Refusals).Peer;
        Assert.Equal((null, false, name), (forgotten.HeloName, forgotten.IsEsmtp, forgotten.TlsProtocol));
        await client.SayAsync("EHLO after.example", "250-mx.example.org\n250-PIPELINING\n250-SIZE 52428800\n250-8BITMIME\n250-SMTPUTF8\n250-ENHANCEDSTATUSCODES\n250 HELP");
        await client.SayAsync("STARTTLS", "503 5.5.1 TLS");
        await client.StartDataAsync();
        await client.SayAsync("\r\n" + DataTests.Lines(200_000) + ".", "250 ");
        await client.SayAsync("QUIT", "221 ");
        await client.ExpectEndAsync();

        Assert.Equal(protocol, client.TlsProtocol);
        var (transaction, content) = Assert.Single(server.Backend.Deliveries);
        Assert.Equal(name, transaction.Peer.TlsProtocol);
        Assert.Equal("\r\n" + DataTests.Lines(200_000), content);
    }

    [Fact]
    public async Task StartTls_ClearTextBehindIt_EndsTheSession()
    {
        await using var server = await IntakeServer.StartAsync(withTls: true);
        var client = await server.ConnectAsync();
        await client.SayAsync("EHLO a", "250-");

        await client.SendAsync("STARTTLS\r\nMAIL FROM:<evil@b>\r\nRCPT TO:<alice@example.org>\r\n");
        await client.ExpectAsync("554 5.5.0");
        await client.ExpectEndAsync();

        Assert.Empty(server.Backend.AskedRecipients);
        Assert.Equal("sequence_early_talker", Assert.Single(server.Backend.Refusals).Reason);
    }

    [Fact]
    public async Task StartTls_ClearTextInsteadOfHandshake_IsNeverACommand()
    {
        await using var server = await IntakeServer.StartAsync(withTls: true);
        var client = await server.ConnectAsync();
        await client.SayAsync("EHLO a", "250-");
        await client.SayAsync("STARTTLS", "220 ");

        await client.SendAsync("EHLO a\r\nMAIL FROM:<evil@b>\r\nRCPT TO:<alice@example.org>\r\n");

        // A TLS alert may come, a reply may not.
        while (await client.ReadReplyAsync() is { } octets)
            Assert.DoesNotContain("250", octets, StringComparison.Ordinal);
        Assert.Empty(server.Backend.AskedRecipients);
        Assert.Equal("tls_failed", Assert.Single(server.Backend.Refusals).Reason);
    }

    [Fact]
    public async Task StartTls_DuringTransaction_IsRefused()
    {
        await using var server = await IntakeServer.StartAsync(withTls: true);
        var client = await server.ConnectAsync();

        await client.SayAsync("STARTTLS", "503 5.5.1");
        await client.SayAsync("EHLO a", "250-");
        await client.SayAsync("MAIL FROM:<a@b>", "250 ");
        await client.SayAsync("STARTTLS", "503 5.5.1");
        await client.SayAsync("RCPT TO:<alice@example.org>", "250 ");
    }

    [Fact]
    public async Task StartTls_OldProtocol_IsNotSpoken()
    {
        await using var server = await IntakeServer.StartAsync(withTls: true);
        var failed = new TaskCompletionSource<string>();
        server.Backend.OnObserve = o => _ = o.Command is not null && failed.TrySetResult(o.Reason);
        var client = await server.ConnectAsync();
        await client.SayAsync("EHLO a", "250-");
        await client.SayAsync("STARTTLS", "220 ");

        await client.SendAsync(ClientHelloOfTls11());

        Assert.Equal("tls_failed", await failed.Task);
        Assert.Empty(server.Backend.Deliveries);
    }

    [Fact]
    public async Task StartTls_AllowedProtocols_AreTwelveAndThirteen()
    {
        await using var server = await IntakeServer.StartAsync(withTls: true);

        var options = server.Services.GetRequiredService<SmtpIntake>().Tls.CurrentOptions();

        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, options?.EnabledSslProtocols);
    }

    /// <summary>RFC 4346 section 7.4.1.2: version 3.2, no session, two suites that TLS 1.1 has, no compression.</summary>
    private static string ClientHelloOfTls11()
    {
        var body = "\u0003\u0002" + new string('r', 32) + "\0" + "\0\u0004\u00C0\u0009\u00C0\u0014" + "\u0001\0";
        var handshake = "\u0001\0\0" + (char)body.Length + body;
        return "\u0016\u0003\u0001\0" + (char)handshake.Length + handshake;
    }
}
