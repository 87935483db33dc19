using System.Text;
using Microsoft.AspNetCore.Connections;
using Portal.Mail.Smtp;
using Portal.Mail.Smtp.Replies;
using Portal.Mail.Tests.Support;
using Portal.Mail.Transport;

namespace Portal.Mail.Tests.Smtp;

public sealed class SmtpChannelTests : IAsyncDisposable
{
    private readonly InlineConnection _connection = new();

    [Fact]
    public async Task ReadLineAsync_LineOverTheLimit_IsReportedOnceAndThenSkipped()
    {
        var limit = _connection.Options.MaxCommandLineBytes;
        await _connection.WriteAsync(new string('x', 3 * limit) + "x\r\nNOOP\r\n");

        var statuses = new List<LineStatus>();
        for (var i = 0; i < 4; i++)
            statuses.Add((await _connection.Channel.ReadLineAsync()).Status);

        Assert.Equal([LineStatus.TooLong, LineStatus.Skipped, LineStatus.Skipped, LineStatus.Line], statuses);
    }

    [Fact]
    public async Task ReadLineAsync_OctetByOctet_GivesTheLineAndDisarms()
    {
        var reading = _connection.Channel.ReadLineAsync().AsTask();
        foreach (var octet in "NOOP\r\n")
        {
            Assert.False(reading.IsCompleted);
            await _connection.WriteAsync(octet.ToString());
        }

        Assert.Equal(new CommandLine(LineStatus.Line, "NOOP"), await reading);
        _connection.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(ClockCause.None, _connection.Clock.Cause);
    }

    [Fact]
    public async Task ReadLineAsync_OctetsThatTrickleIn_DoNotPutOffTheTimeout()
    {
        var reading = _connection.Channel.ReadLineAsync().AsTask();
        for (var i = 0; i < 5; i++)
        {
            _connection.Time.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromSeconds(1));
            await _connection.WriteAsync("x");
        }

        Assert.False(reading.IsCompleted);
        _connection.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(LineStatus.Expired, (await reading).Status);
    }

    [Fact]
    public async Task FlushAsync_PeerTakesNothing_CutsTheConnection()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onClosed = _connection.Context.ConnectionClosed.Register(closed.SetResult);
        var writing = WriteUntilStuckAsync();
        Assert.False(writing.IsCompleted);

        _connection.Time.Advance(_connection.Options.ReplyTimeout);

        await Assert.ThrowsAsync<ConnectionAbortedException>(() => writing);
        await closed.Task;
    }

    [Fact]
    public async Task ReadLineAsync_AuthLine_IsOctetsAndIsClearedBehind()
    {
        await using var channel = new SmtpChannel(_connection.Context, _connection.Clock, _connection.Options, CancellationToken.None, 12_288);
        await _connection.WriteAsync("auth PLAIN c2VjcmV0\r\nNOOP\r\nc2VjcmV0\r\n");
        Assert.True(channel.Input.TryRead(out var read));
        var memory = read.Buffer.First;
        channel.Input.AdvanceTo(read.Buffer.Start);

        var line = await channel.ReadLineAsync();
        Assert.Equal("auth PLAIN c2VjcmV0", Encoding.ASCII.GetString(line.Secret!.Span));
        line.Secret.Dispose();
        Assert.Equal(0, line.Secret.Span.Length);
        Assert.Equal(new CommandLine(LineStatus.Line, "NOOP"), await channel.ReadLineAsync());
        using (var response = (await channel.ReadResponseAsync()).Secret)
            Assert.Equal("c2VjcmV0", Encoding.ASCII.GetString(response!.Span));

        Assert.False(memory.Span.ContainsAnyExcept((byte)0));
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task WriteUntilStuckAsync()
    {
        while (true)
            await _connection.Channel.WriteAsync(SmtpReplies.Ok, withEnhanced: true);
    }
}
