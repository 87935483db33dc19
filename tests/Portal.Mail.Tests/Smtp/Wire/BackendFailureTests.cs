using Portal.Mail.Backends;
using Portal.Mail.Tests.Support;

namespace Portal.Mail.Tests.Smtp.Wire;

public sealed class BackendFailureTests
{
    [Fact]
    public async Task Deliver_Throws_ThePeerHearsNothingOfIt()
    {
        await using var server = await IntakeServer.StartAsync();
        server.Backend.OnDeliver = _ => throw new InvalidOperationException("password=canary of alice");
        var client = await server.ConnectAsync();
        await client.StartDataAsync();

        await client.SendAsync("text-canary\r\n.\r\n");
        Assert.Equal("451 4.3.0 Try again later", await client.ReadReplyAsync());
        await client.SayAsync("NOOP", "250 ");

        Assert.Contains(server.Log.Lines, line => line.StartsWith("1110 ", StringComparison.Ordinal) && line.Contains("InvalidOperationException", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.Lines, line => line.Contains("canary", StringComparison.Ordinal));
        Assert.Equal("backend_failed", Assert.Single(server.Backend.Refusals).Reason);
        Assert.Equal(0, server.Pool.HeldBytes);
    }

    [Fact]
    public async Task Recipient_Throws_IsATemporaryRefusal()
    {
        await using var server = await IntakeServer.StartAsync();
        server.Backend.OnRecipient = _ => throw new TimeoutException("db");
        var client = await server.ConnectAsync();
        await client.SayAsync("EHLO a", "250-");
        await client.SayAsync("MAIL FROM:<a@b>", "250 ");

        await client.SayAsync("RCPT TO:<alice@example.org>", "451 4.3.0 Try again later");
        await client.SayAsync("DATA", "554 5.5.1");
    }

    [Fact]
    public async Task Observe_Throws_TheSessionGoesOn()
    {
        await using var server = await IntakeServer.StartAsync();
        server.Backend.OnObserve = _ => throw new InvalidOperationException("no");

        var client = await server.ConnectAsync();
        await client.SayAsync("WHAT", "500 ");
        await client.SayAsync("EHLO a", "250-");
    }

    [Theory]
    [InlineData(354)]
    [InlineData(0)]
    [InlineData(999)]
    public async Task Deliver_ImpossibleCode_BecomesATemporaryRefusal(int code)
    {
        await using var server = await IntakeServer.StartAsync();
        server.Backend.OnDeliver = _ => ValueTask.FromResult(new SmtpReply(code, null, "x"));
        var client = await server.ConnectAsync();
        await client.StartDataAsync();

        await client.SayAsync(".", "451 4.3.0");
    }

    [Fact]
    public async Task Deliver_LineBreakInText_DoesNotForgeAReply()
    {
        await using var server = await IntakeServer.StartAsync();
        server.Backend.OnDeliver = _ => ValueTask.FromResult(
            new SmtpReply(550, new(5, 7, 1), "no\r\n250 2.0.0 yes") { PrivateCause = "canary" });
        var client = await server.ConnectAsync();
        await client.StartDataAsync();

        await client.SendAsync(".\r\n");
        Assert.Equal("550 5.7.1 no??250 2.0.0 yes", await client.ReadReplyAsync());
    }

    [Fact]
    public async Task Deliver_Says421_TheSessionEnds()
    {
        await using var server = await IntakeServer.StartAsync();
        server.Backend.OnDeliver = _ => ValueTask.FromResult(new SmtpReply(421, new(4, 3, 2), "Closing"));
        var client = await server.ConnectAsync();
        await client.StartDataAsync();

        await client.SayAsync(".", "421 4.3.2");
        await client.ExpectEndAsync();
    }
}
