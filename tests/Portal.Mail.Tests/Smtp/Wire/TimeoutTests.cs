using Microsoft.Extensions.Time.Testing;
using Portal.Mail.Tests.Support;

namespace Portal.Mail.Tests.Smtp.Wire;

/// <summary>Timers are armed before the reply is sent, so once a client has the reply the clock may be moved.</summary>
public sealed class TimeoutTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Command_Idle_EndsTheSession()
    {
        await using var server = await IntakeServer.StartAsync(time: _time);
        var client = await server.ConnectAsync();

        _time.Advance(TimeSpan.FromMinutes(5));

        await client.ExpectAsync("421 4.4.2 Timeout waiting for a command");
        await client.ExpectEndAsync();
    }

    [Fact]
    public async Task Command_NotIdleForLong_GoesOn()
    {
        await using var server = await IntakeServer.StartAsync(time: _time);
        var client = await server.ConnectAsync();

        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(4));
            await client.SayAsync("NOOP", "250 ");
        }
    }

    [Fact]
    public async Task Session_Length_IsHeldWhateverThePeerDoes()
    {
        await using var server = await IntakeServer.StartAsync(time: _time);
        var client = await server.ConnectAsync();

        for (var i = 0; i < 14; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(4));
            await client.SayAsync("NOOP", "250 ");
        }

        _time.Advance(TimeSpan.FromMinutes(4));
        await client.ExpectAsync("421 4.4.2 Session too long");
        await client.ExpectEndAsync();
    }

    [Fact]
    public async Task Data_Idle_EndsTheSession()
    {
        await using var server = await IntakeServer.StartAsync(o => o.MinDataBytesPerSecond = 0, time: _time);
        var client = await server.ConnectAsync();
        await client.StartDataAsync();

        _time.Advance(TimeSpan.FromMinutes(3));

        await client.ExpectAsync("421 4.4.2 Timeout waiting for message data");
        await client.ExpectEndAsync();
        Assert.Equal(0, server.Pool.HeldBytes);
    }

    [Fact]
    public async Task Data_BelowTheMinimumRate_EndsTheSession()
    {
        await using var server = await IntakeServer.StartAsync(time: _time);
        var client = await server.ConnectAsync();
        await client.StartDataAsync();

        _time.Advance(TimeSpan.FromMinutes(1));

        await client.ExpectAsync("421 4.4.2 Message data too slow");
        await client.ExpectEndAsync();
    }

    [Fact]
    public async Task Tls_NoHandshake_EndsTheSession()
    {
        await using var server = await IntakeServer.StartAsync(withTls: true, time: _time);
        var client = await server.ConnectAsync();
        await client.SayAsync("EHLO a", "250-");
        await client.SayAsync("STARTTLS", "220 ");

        _time.Advance(TimeSpan.FromSeconds(30));

        await client.ExpectEndAsync();
        Assert.Equal("timeout_tls", Assert.Single(server.Backend.Refusals).Reason);
    }

    [Fact]
    public async Task Backend_TooSlow_IsToldAndThePeerMayRetry()
    {
        await using var server = await IntakeServer.StartAsync(time: _time);
        var arrived = new TaskCompletionSource();
        server.Backend.OnDeliver = async token =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return RecordingBackend.Stored;
        };
        var client = await server.ConnectAsync();
        await client.StartDataAsync();
        await client.SendAsync(".\r\n");
        await arrived.Task;

        _time.Advance(TimeSpan.FromMinutes(4));

        await client.ExpectAsync("451 4.3.0");
        await client.SayAsync("NOOP", "250 ");
    }
}
