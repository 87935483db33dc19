using Portal.Mail.Tests.Support;

namespace Portal.Mail.Tests.Smtp.Wire;

public sealed class ShutdownTests
{
    [Fact]
    public async Task Stop_BetweenCommands_IsTold()
    {
        await using var server = await IntakeServer.StartAsync(withTls: true);
        var plain = await server.ConnectAsync();
        var secure = await server.ConnectAsync();
        await secure.SayAsync("EHLO a", "250-");
        await secure.SayAsync("STARTTLS", "220 ");
        await secure.UpgradeAsync();
        await secure.SayAsync("EHLO a", "250-");

        var stopping = server.StopAsync();

        await plain.ExpectAsync("421 4.3.2");
        await plain.ExpectEndAsync();
        await secure.ExpectAsync("421 4.3.2");
        await secure.ExpectEndAsync();
        await stopping;
    }

    [Fact]
    public async Task Stop_WhileDelivering_TheMessageIsFinishedAndAnswered()
    {
        await using var server = await IntakeServer.StartAsync();
        var (arrived, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        server.Backend.OnDeliver = async token =>
        {
            arrived.SetResult();
            await gate.Task;
            token.ThrowIfCancellationRequested();
            return RecordingBackend.Stored;
        };
        var idle = await server.ConnectAsync();
        var client = await server.ConnectAsync();
        await client.StartDataAsync();
        await client.SendAsync("text\r\n.\r\n");
        await arrived.Task;

        var stopping = server.StopAsync();
        // The idle session's farewell shows that the stop has reached the connections.
        await idle.ExpectAsync("421 4.3.2");
        Assert.False(stopping.IsCompleted);
        gate.SetResult();

        await client.ExpectAsync("250 2.0.0 Stored");
        await client.ExpectAsync("421 4.3.2");
        await client.ExpectEndAsync();
        await stopping;
    }

    [Fact]
    public async Task Stop_DataStillComing_HasAGraceToFinish()
    {
        await using var server = await IntakeServer.StartAsync(o => o.ShutdownGrace = TimeSpan.FromSeconds(20));
        var idle = await server.ConnectAsync();
        var client = await server.ConnectAsync();
        await client.StartDataAsync();
        await client.SendAsync("te");

        var stopping = server.StopAsync();
        await idle.ExpectAsync("421 4.3.2");
        await client.SendAsync("xt\r\n.\r\n");

        await client.ExpectAsync("250 2.0.0 Stored");
        await client.ExpectAsync("421 4.3.2");
        await stopping;
    }

    [Fact]
    public async Task Stop_DataNeverEnds_IsCutAfterTheGrace()
    {
        await using var server = await IntakeServer.StartAsync(o => o.ShutdownGrace = TimeSpan.FromMilliseconds(10));
        var client = await server.ConnectAsync();
        await client.StartDataAsync();
        await client.SendAsync("text\r\n");

        var stopping = server.StopAsync();

        await client.ExpectAsync("421 4.3.2");
        await client.ExpectEndAsync();
        await stopping;
        Assert.Empty(server.Backend.Deliveries);
        Assert.Equal(0, server.Pool.HeldBytes);
    }
}
