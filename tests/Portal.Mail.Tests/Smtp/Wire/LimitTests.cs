using Portal.Mail.Backends;
using Portal.Mail.Tests.Support;

namespace Portal.Mail.Tests.Smtp.Wire;

public sealed class LimitTests
{
    [Fact]
    public async Task CommandLine_AtTheLimit_IsReadAndOverItIsRefusedOnce()
    {
        await using var server = await IntakeServer.StartAsync(o => o.MaxCommandLineBytes = 600);
        var client = await server.ConnectAsync();

        await client.SayAsync("NOOP " + new string('x', 600 - 7), "250 ");
        await client.SayAsync("NOOP " + new string('x', 600 - 6), "500 5.5.2 Command line too long");
        await client.SayAsync("NOOP " + new string('x', 5000), "500 5.5.2 Command line too long");
        await client.SayAsync("NOOP", "250 ");
    }

    [Fact]
    public async Task CommandLine_Endless_RunsIntoTheErrorLimit()
    {
        await using var server = await IntakeServer.StartAsync();
        var client = await server.ConnectAsync();

        var sending = client.SendAsync(new string('x', 4_000_000));
        await client.ExpectAsync("500 5.5.2");
        await client.ExpectAsync("421 4.7.0 Too many errors");
        await client.ExpectEndAsync();
        await Record.ExceptionAsync(() => sending);
    }

    [Fact]
    public async Task Recipients_OverTheLimit_AreDeferredAndTheRestIsDelivered()
    {
        await using var server = await IntakeServer.StartAsync(o => o.MaxRecipients = 100);
        var client = await server.ConnectAsync();
        await client.SayAsync("EHLO a", "250-");
        await client.SayAsync("MAIL FROM:<a@b>", "250 ");

        for (var i = 0; i < 100; i++)
            await client.SayAsync($"RCPT TO:<r{i}@example.org>", "250 2.1.5");
        await client.SayAsync("RCPT TO:<late@example.org>", "452 4.5.3");
        await client.SayAsync("DATA", "354 ");
        await client.SayAsync(".", "250 ");

        Assert.Equal(100, server.Backend.Deliveries.Single().Transaction.Recipients.Count);
        Assert.Equal(100, server.Backend.AskedRecipients.Count);
    }

    [Fact]
    public async Task Errors_OverTheLimit_EndTheSession()
    {
        await using var server = await IntakeServer.StartAsync(o => o.MaxErrorsPerSession = 3);
        var client = await server.ConnectAsync();
        await client.SayAsync("EHLO a", "250-");
        await client.SayAsync("MAIL FROM:<a@b>", "250 ");

        await client.SayAsync("WHAT", "500 ");
        await client.SayAsync("RCPT TO:<x@other.example>", "550 ");
        await client.SayAsync("RCPT TO:<y@other.example>", "550 ");
        await client.ExpectAsync("421 4.7.0");
        await client.ExpectEndAsync();
    }

    [Fact]
    public async Task Connections_OverThePeersLimit_AreTurnedAwayUntilOneEnds()
    {
        await using var server = await IntakeServer.StartAsync(o => o.MaxConnectionsPerPeer = 2);
        var first = await server.ConnectAsync();
        await server.ConnectAsync();

        var third = await server.ConnectSilentlyAsync();
        await third.ExpectAsync("421 4.7.0");
        await third.ExpectEndAsync();
        await first.SayAsync("QUIT", "221 ");
        await first.ExpectEndAsync();

        // The place is given back before the connection is closed.
        await server.ConnectAsync();
    }

    [Fact]
    public async Task Connections_OverTheLimitInAll_AreTurnedAway()
    {
        await using var server = await IntakeServer.StartAsync(o => o.MaxConnections = 1);
        await server.ConnectAsync();

        var second = await server.ConnectSilentlyAsync();
        await second.ExpectAsync("421 4.3.2");
        await second.ExpectEndAsync();

        Assert.Equal("connections_in_all", Assert.Single(server.Backend.Refusals).Reason);
        Assert.Equal(SmtpObservationKind.Connected, Assert.Single(server.Backend.Connects).Kind);
    }
}
