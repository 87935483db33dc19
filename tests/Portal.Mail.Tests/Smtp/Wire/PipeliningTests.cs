using Portal.Mail.Tests.Support;

namespace Portal.Mail.Tests.Smtp.Wire;

public sealed class PipeliningTests
{
    [Fact]
    public async Task Group_UpToData_IsAnsweredInOrder()
    {
        await using var server = await IntakeServer.StartAsync();
        var client = await server.ConnectAsync();
        await client.SayAsync("EHLO a", "250-");

        await client.SendAsync("MAIL FROM:<a@b>\r\nRCPT TO:<alice@example.org>\r\nRCPT TO:<x@other.example>\r\nDATA\r\n");
        await client.ExpectAsync("250 2.1.0");
        await client.ExpectAsync("250 2.1.5");
        await client.ExpectAsync("550 5.7.1");
        await client.ExpectAsync("354 ");
        await client.SendAsync("text\r\n.\r\nMAIL FROM:<c@d>\r\nRCPT TO:<bob@example.org>\r\nQUIT\r\n");
        await client.ExpectAsync("250 2.0.0 Stored");
        await client.ExpectAsync("250 2.1.0");
        await client.ExpectAsync("250 2.1.5");
        await client.ExpectAsync("221 ");
    }

    [Fact]
    public async Task Group_AllRecipientsRefused_DataIsRefusedToo()
    {
        await using var server = await IntakeServer.StartAsync();
        var client = await server.ConnectAsync();
        await client.SayAsync("EHLO a", "250-");

        await client.SendAsync("MAIL FROM:<a@b>\r\nRCPT TO:<x@other.example>\r\nDATA\r\n");
        await client.ExpectAsync("250 2.1.0");
        await client.ExpectAsync("550 5.7.1");
        await client.ExpectAsync("554 5.5.1");
        await client.SayAsync("RSET", "250 ");
    }

    [Theory]
    [InlineData("RCPT TO:<alice@example.org>\r\n")]
    [InlineData("RCPT TO:<x@other.example>\r\n")]
    [InlineData("")]
    public async Task Group_TextBehindData_EndsTheSessionAndRunsNothing(string recipient)
    {
        await using var server = await IntakeServer.StartAsync();
        var client = await server.ConnectAsync();
        await client.SayAsync("EHLO a", "250-");

        await client.SendAsync($"MAIL FROM:<a@b>\r\n{recipient}DATA\r\nRSET\r\nMAIL FROM:<evil@b>\r\nRCPT TO:<bob@example.org>\r\n.\r\n");
        await client.ExpectAsync("250 2.1.0");
        if (recipient.Length > 0)
            Assert.NotNull(await client.ReadReplyAsync());
        await client.ExpectAsync("554 5.5.0");
        await client.ExpectEndAsync();

        Assert.DoesNotContain(server.Backend.AskedRecipients, r => string.Equals(r.LocalPart, "bob", StringComparison.Ordinal));
        Assert.Empty(server.Backend.Deliveries);
    }

    [Fact]
    public async Task Group_ThousandsOfCommands_AreAllAnswered()
    {
        await using var server = await IntakeServer.StartAsync();
        var client = await server.ConnectAsync();
        await client.SayAsync("EHLO a", "250-");

        var sending = client.SendAsync(string.Concat(Enumerable.Repeat("NOOP\r\n", 5000)));
        for (var i = 0; i < 5000; i++)
            await client.ExpectAsync("250 2.0.0");
        await sending;
    }
}
