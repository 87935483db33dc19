using Portal.Mail.Backends;
using Portal.Mail.Tests.Support;

namespace Portal.Mail.Tests.Smtp.Wire;

public sealed class DialogueTests
{
    [Fact]
    public async Task Session_WholeMessage_ReachesTheBackendAsSent()
    {
        await using var server = await IntakeServer.StartAsync();
        var client = await server.ConnectAsync();

        await client.SayAsync("EHLO client.example", "250-mx.example.org\n250-PIPELINING\n250-SIZE 52428800\n250-8BITMIME\n250-SMTPUTF8\n250-ENHANCEDSTATUSCODES\n250 HELP");
        await client.SayAsync("MAIL FROM:<Sender@Example.NET> SIZE=40 BODY=8BITMIME", "250 2.1.0");
        await client.SayAsync("RCPT TO:<alice@EXAMPLE.org>", "250 2.1.5");
        await client.SayAsync("RCPT TO:<\"b b\"@example.org>", "250 2.1.5");
        await client.SayAsync("DATA", "354 End data");
        await client.SayAsync("Subject: x\r\n\r\n..dot\r\n.\u00E9\r\n.", "250 2.0.0 Stored");
        await client.SayAsync("QUIT", "221 2.0.0");
        await client.ExpectEndAsync();

        var (transaction, content) = Assert.Single(server.Backend.Deliveries);
        Assert.Equal("Subject: x\r\n\r\n.dot\r\n\u00E9\r\n", content);
        Assert.Equal(new MailSender("Sender@example.net", 40, EightBit: true, SmtpUtf8: false), transaction.Sender);
        Assert.Equal(["alice", "b b"], transaction.Recipients.Select(r => r.Tag));
        Assert.Equal(new RecipientAddress("b b", "example.org"), transaction.Recipients[1].Address);
        Assert.Equal("client.example", transaction.Peer.HeloName);
        Assert.True(transaction.Peer.IsEsmtp);
        Assert.Null(transaction.Peer.TlsProtocol);
        Assert.Equal("127.0.0.1", transaction.Peer.Address.ToString());
    }

    [Fact]
    public async Task Session_Helo_HasNoExtensions()
    {
        await using var server = await IntakeServer.StartAsync(withTls: true);
        var client = await server.ConnectAsync();

        await client.SayAsync("HELO old.example", "250 mx.example.org");
        await client.SayAsync("STARTTLS", "502 Command");
        await client.SayAsync("MAIL FROM:<a@b> SIZE=5", "555 Parameter");
        await client.SayAsync("MAIL FROM:<>", "250 Sender OK");
        await client.SayAsync("RCPT TO:<nobody@other.example>", "550 Relaying denied");
        await client.SayAsync("RCPT TO:<postmaster>", "250 Recipient OK");
        await client.SayAsync("DATA", "354 ");
        await client.SayAsync(".", "250 Stored");

        var (transaction, content) = Assert.Single(server.Backend.Deliveries);
        Assert.Equal("", content);
        Assert.Equal("", transaction.Sender.Address);
        Assert.False(transaction.Peer.IsEsmtp);
    }

    [Fact]
    public async Task Session_HeloAfterEhlo_TakesTheExtensionsBack()
    {
        await using var server = await IntakeServer.StartAsync();
        var client = await server.ConnectAsync();

        await client.SayAsync("EHLO a", "250-");
        await client.SayAsync("MAIL FROM:<a@b> BODY=7BIT", "250 2.1.0");
        await client.SayAsync("HELO a", "250 mx");
        await client.SayAsync("RCPT TO:<alice@example.org>", "503 Say MAIL");
        await client.SayAsync("EHLO a", "250-");
        await client.SayAsync("RCPT TO:<alice@example.org>", "503 5.5.1");
    }

    [Fact]
    public async Task Session_CommandsOutOfOrder_AreRefused()
    {
        await using var server = await IntakeServer.StartAsync();
        var client = await server.ConnectAsync();

        await client.SayAsync("MAIL FROM:<a@b>", "503 5.5.1 Say EHLO");
        await client.SayAsync("NOOP", "250 2.0.0");
        await client.SayAsync("EHLO a", "250-");
        await client.SayAsync("DATA", "503 5.5.1 Say MAIL");
        await client.SayAsync("RCPT TO:<alice@example.org>", "503 5.5.1 Say MAIL");
        await client.SayAsync("MAIL FROM:<a@b>", "250 ");
        await client.SayAsync("MAIL FROM:<a@b>", "503 5.5.1 Sender");
        await client.SayAsync("RCPT TO:<nobody@other.example>", "550 5.7.1");
        await client.SayAsync("DATA", "554 5.5.1 No valid");
        await client.SayAsync("RCPT TO:<alice@example.org>", "250 ");
        await client.SayAsync("RSET", "250 2.0.0");
        await client.SayAsync("DATA", "503 5.5.1 Say MAIL");
        Assert.Empty(server.Backend.Deliveries);
    }

    [Theory]
    [InlineData("VRFY alice", "252 2.0.0")]
    [InlineData("HELP", "214 2.0.0")]
    [InlineData("NOOP anything", "250 2.0.0")]
    [InlineData("AUTH PLAIN x", "502 5.5.1")]
    [InlineData("BDAT 4 LAST", "502 5.5.1")]
    [InlineData("STARTTLS", "502 5.5.1")]
    [InlineData("WHAT", "500 5.5.2")]
    [InlineData("EHLO", "501 5.5.4")]
    public async Task Session_OtherCommand_IsAnswered(string command, string reply)
    {
        await using var server = await IntakeServer.StartAsync();
        var client = await server.ConnectAsync();

        await client.SayAsync("EHLO a", "250-");
        await client.SayAsync(command, reply);
    }

    [Fact]
    public async Task Session_SecondMessage_StartsAnew()
    {
        await using var server = await IntakeServer.StartAsync();
        var client = await server.ConnectAsync();

        await client.StartDataAsync(" SMTPUTF8");
        await client.SayAsync("one\r\n.", "250 ");
        await client.SayAsync("RCPT TO:<alice@example.org>", "503 ");
        await client.SayAsync("MAIL FROM:<other@b>", "250 ");
        await client.SayAsync("RCPT TO:<bob@example.org>", "250 ");
        await client.SayAsync("DATA", "354 ");
        await client.SayAsync("two\r\n.", "250 ");

        var second = server.Backend.Deliveries.Last().Transaction;
        Assert.Equal("other@b", second.Sender.Address);
        Assert.False(second.Sender.SmtpUtf8);
        Assert.Equal("bob", Assert.Single(second.Recipients).Tag);
    }

    [Fact]
    public async Task Session_SmtpUtf8_OpensInternationalAddresses()
    {
        await using var server = await IntakeServer.StartAsync();
        var client = await server.ConnectAsync();
        await client.SayAsync("EHLO a", "250-");

        await client.SayAsync("MAIL FROM:<a@b>", "250 ");
        await client.SendUtf8Async("RCPT TO:<j\u00F6rg@example.org>\r\n");
        await client.ExpectAsync("553 5.6.7");
        await client.SayAsync("RSET", "250 ");
        await client.SendUtf8Async("MAIL FROM:<\u00FC@b\u00FCcher.example>\r\n");
        await client.ExpectAsync("553 5.6.7");
        await client.SendUtf8Async("MAIL FROM:<\u00FC@b\u00FCcher.example> SMTPUTF8\r\n");
        await client.ExpectAsync("250 2.1.0");
        await client.SendUtf8Async("RCPT TO:<j\u00F6rg@example.org>\r\n");
        await client.ExpectAsync("250 2.1.5");
        await client.SayAsync("NOOP \u00FC", "500 5.5.2 Command line is not UTF-8");

        Assert.Equal("j\u00F6rg", server.Backend.AskedRecipients.Single().LocalPart);
    }

    [Fact]
    public async Task Session_BareLfInCommand_EndsIt()
    {
        await using var server = await IntakeServer.StartAsync();
        var client = await server.ConnectAsync();

        await client.SendAsync("EHLO a\nMAIL FROM:<a@b>\r\n");
        await client.ExpectAsync("500 5.5.2 Command lines end");
        await client.ExpectEndAsync();
    }

    [Fact]
    public async Task Session_PeerClosesItsHalf_StillGetsItsReplies()
    {
        await using var server = await IntakeServer.StartAsync();
        var client = await server.ConnectAsync();

        await client.SendAsync("EHLO a\r\nNOOP\r\nNOO");
        client.CloseSending();

        await client.ExpectAsync("250-");
        await client.ExpectAsync("250 2.0.0");
        await client.ExpectEndAsync();
    }

    [Fact]
    public async Task Session_SlowTyping_IsReadOctetByOctet()
    {
        await using var server = await IntakeServer.StartAsync();
        var client = await server.ConnectAsync();

        foreach (var octet in "EHLO a\r\nMAIL FROM:<a@b>\r\nRCPT TO:<alice@example.org>\r\n")
            await client.SendAsync(octet.ToString());
        await client.ExpectAsync("250-");
        await client.ExpectAsync("250 2.1.0");
        await client.ExpectAsync("250 2.1.5");
        await client.SayAsync("DATA", "354 ");
        foreach (var octet in "a\r\n.\r\nQUIT\r\n")
            await client.SendAsync(octet.ToString());
        await client.ExpectAsync("250 2.0.0 Stored");
        await client.ExpectAsync("221 ");
    }
}
