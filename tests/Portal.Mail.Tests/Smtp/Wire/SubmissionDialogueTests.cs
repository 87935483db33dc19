using Portal.Mail.Backends;
using Portal.Mail.Tests.Support;

namespace Portal.Mail.Tests.Smtp.Wire;

public sealed class SubmissionDialogueTests
{
    [Fact]
    public async Task Session_WholeMessage_IsDeliveredWithItsLogin()
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.SignInAsync();

        await client.StartDataAsync(" AUTH=<> SIZE=100");
        await client.SayAsync("Subject: x\r\n\r\ntext\r\n.", "250 2.0.0 Stored");
        await client.SayAsync("MAIL FROM:<second@example.org>", "250 ");
        await client.SayAsync("QUIT", "221 ");
        await client.ExpectEndAsync();

        var (transaction, content) = Assert.Single(server.Backend.Deliveries);
        Assert.Equal("Subject: x\r\n\r\ntext\r\n", content);
        Assert.Equal(SubmissionBackend.Username, transaction.Peer.Login?.Username);
        Assert.Equal(["sender@example.net", "second@example.org"], server.Backend.AskedSenders.Select(s => s.Sender.Address));
    }

    [Theory]
    [InlineData("HELO a")]
    [InlineData("NOOP")]
    [InlineData("RSET")]
    [InlineData("HELP")]
    [InlineData("VRFY alice")]
    [InlineData("MAIL FROM:<a@b>")]
    [InlineData("MAIL")]
    [InlineData("RCPT TO:<alice@example.org>")]
    [InlineData("DATA")]
    [InlineData("AUTH PLAIN AGEAYg==")]
    [InlineData("AUTH")]
    [InlineData("WHAT")]
    [InlineData("BDAT 4 LAST")]
    public async Task Session_BeforeTls_NothingButTheWayThere(string command)
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.ConnectAsync();

        await client.SayAsync(command, "530 5.7.0 Must issue a STARTTLS command first");
        await client.SayAsync("EHLO a", SubmissionServer.Keywords + "250 STARTTLS");
        await client.SayAsync(command, "530 5.7.0 Must issue a STARTTLS command first");
        await client.SayAsync("EHLO", "501 5.5.4");
        await client.SayAsync("QUIT", "221 ");

        Assert.Empty(server.Backend.Logins);
        Assert.Equal(2, server.Backend.Refusals.Count(o => o.Reason == "tls_required"));
    }

    [Theory]
    [InlineData("MAIL FROM:<a@b>", "530 5.7.0 Authentication required")]
    [InlineData("MAIL", "530 5.7.0 Authentication required")]
    [InlineData("RCPT TO:<alice@example.org>", "530 5.7.0 Authentication required")]
    [InlineData("DATA", "530 5.7.0 Authentication required")]
    [InlineData("VRFY alice", "530 5.7.0 Authentication required")]
    [InlineData("HELP", "530 5.7.0 Authentication required")]
    [InlineData("WHAT", "530 5.7.0 Authentication required")]
    [InlineData("NOOP", "250 2.0.0")]
    [InlineData("RSET", "250 2.0.0")]
    [InlineData("EHLO", "501 5.5.4")]
    public async Task Session_BeforeAuth_NothingButTheWayThere(string command, string reply)
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.ConnectSecurelyAsync();

        await client.SayAsync(command, reply);
        await client.SayAsync($"AUTH PLAIN {server.Plain()}", "235 ");

        Assert.Empty(server.Backend.AskedSenders);
    }

    [Fact]
    public async Task Session_SenderRefusedByTheHost_OpensNoTransaction()
    {
        await using var server = await SubmissionServer.StartAsync();
        server.Backend.OnSender = sender => sender.Address == "alice@example.org"
            ? new SmtpReply(250, new(2, 1, 0), "Yours")
            : new SmtpReply(553, new(5, 7, 1), "Not your address");
        var client = await server.SignInAsync();

        await client.SayAsync("MAIL FROM:<bob@example.org>", "553 5.7.1 Not your address");
        await client.SayAsync("RCPT TO:<alice@example.org>", "503 5.5.1");
        await client.SayAsync("MAIL FROM:<alice@example.org>", "250 2.1.0 Yours");
        await client.SayAsync("RCPT TO:<alice@example.org>", "250 2.1.5");
    }

    [Fact]
    public async Task Session_EhloAfterAuth_StaysSignedIn()
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.SignInAsync();

        await client.SayAsync("EHLO other.example", SubmissionServer.Keywords + "250 AUTH PLAIN LOGIN");
        await client.SayAsync("MAIL FROM:<a@b>", "250 ");

        var peer = Assert.Single(server.Backend.AskedSenders).Peer;
        Assert.Equal(("other.example", SubmissionBackend.Username), (peer.HeloName, peer.Login?.Username));
    }

    [Fact]
    public async Task Session_Pipelined_IsAnsweredInOrder()
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.ConnectSecurelyAsync();

        await client.SendAsync($"AUTH PLAIN {server.Plain()}\r\nMAIL FROM:<a@b>\r\nRCPT TO:<alice@example.org>\r\nDATA\r\n");

        foreach (var reply in new[] { "235 ", "250 2.1.0", "250 2.1.5", "354 " })
            await client.ExpectAsync(reply);
    }

    [Theory]
    [InlineData("AUTH=alice+3Dx@example.org", "250 ")]
    [InlineData("AUTH=<>", "250 ")]
    [InlineData("auth=a BODY=8BITMIME", "250 ")]
    [InlineData("AUTH=", "501 5.5.4")]
    [InlineData("AUTH", "501 5.5.4")]
    [InlineData("AUTH=a+3d", "501 5.5.4")]
    [InlineData("AUTH=a+3", "501 5.5.4")]
    [InlineData("AUTH=a=b", "501 5.5.4")]
    [InlineData("AUTH=a AUTH=a", "501 5.5.4")]
    [InlineData("FUTURE=a", "555 5.5.4")]
    public async Task Mail_AuthParameter_IsReadAndDropped(string parameter, string reply)
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.SignInAsync();

        await client.SayAsync($"MAIL FROM:<a@b> {parameter}", reply);
    }

    [Fact]
    public async Task Mail_AuthParameterOnIntake_IsUnknownAsEver()
    {
        await using var server = await IntakeServer.StartAsync();
        var client = await server.ConnectAsync();
        await client.SayAsync("EHLO a", "250-");

        await client.SayAsync("MAIL FROM:<a@b> AUTH=<>", "555 5.5.4");
        await client.SayAsync("AUTH PLAIN AGEAYg==", "502 5.5.1");
    }

    [Fact]
    public async Task Errors_BeforeTls_AreCounted()
    {
        await using var server = await SubmissionServer.StartAsync(o => o.MaxErrorsPerSession = 2);
        var client = await server.ConnectAsync();

        await client.SayAsync("WHAT", "530 ");
        await client.SayAsync("WHAT", "530 ");
        await client.ExpectAsync("421 4.7.0 Too many errors");
        await client.ExpectEndAsync();
    }
}
