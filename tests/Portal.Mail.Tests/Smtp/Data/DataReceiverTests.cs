using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Time.Testing;
using Portal.Mail.Smtp;
using Portal.Mail.Smtp.Data;
using Portal.Mail.Transport;

namespace Portal.Mail.Tests.Smtp.Data;

/// <summary>Pipes that run inline: when a write returns, the receiver has read it and armed its timer.</summary>
public sealed class DataReceiverTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly SmtpIntakeOptions _options = new();
    private readonly Pipe _toServer = new(new PipeOptions(readerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
    private readonly Pipe _fromServer = new();
    private readonly SessionClock _clock;
    private readonly SmtpChannel _channel;
    private readonly DataMachine _machine;

    public DataReceiverTests()
    {
        _clock = new SessionClock(_time, _options.SessionTimeout);
        var connection = new DefaultConnectionContext("test") { Transport = new TwoPipes(_toServer.Reader, _fromServer.Writer) };
        _channel = new SmtpChannel(connection, _clock, _options, CancellationToken.None);
        _machine = new DataMachine(DataLimits.From(_options), new PooledContent(new SegmentPool(10_000_000)));
    }

    [Fact]
    public async Task ReceiveAsync_OctetsAtTheMinimumRate_EarnTheirTime()
    {
        var receiving = DataReceiver.ReceiveAsync(_channel, _machine, _clock, _options).AsTask();

        // A minute's octets each minute hold the deadline one grace ahead.
        for (var minute = 0; minute < 10; minute++)
        {
            _time.Advance(TimeSpan.FromSeconds(59));
            Assert.False(receiving.IsCompleted);
            await WriteAsync(59 * _options.MinDataBytesPerSecond);
        }

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(receiving.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(DataEnd.Expired, await receiving);
        Assert.Equal(ClockCause.DataTooSlow, _clock.Cause);
    }

    [Fact]
    public async Task ReceiveAsync_FastThenSilent_EndsOnTheIdleTimeout()
    {
        var receiving = DataReceiver.ReceiveAsync(_channel, _machine, _clock, _options).AsTask();
        await WriteAsync(5_000_000);

        _time.Advance(_options.DataTimeout);

        Assert.Equal(DataEnd.Expired, await receiving);
        Assert.Equal(ClockCause.DataTimeout, _clock.Cause);
    }

    [Fact]
    public async Task ReceiveAsync_End_DisarmsTheClockAndLeavesWhatFollows()
    {
        var receiving = DataReceiver.ReceiveAsync(_channel, _machine, _clock, _options).AsTask();
        await _toServer.Writer.WriteAsync("a\r\n.\r\nQUIT\r\n"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal(DataEnd.Complete, await receiving);
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(ClockCause.None, _clock.Cause);
        Assert.Equal("QUIT", (await _channel.ReadLineAsync()).Text);
    }

    [Fact]
    public async Task ReadLineAsync_LineOverTheLimitInPieces_IsReportedOnceAndThenSkipped()
    {
        var statuses = new List<LineStatus>();
        await _toServer.Writer.WriteAsync(new byte[2 * _options.MaxCommandLineBytes].Select(_ => (byte)'x').ToArray(), TestContext.Current.CancellationToken);
        statuses.Add((await _channel.ReadLineAsync()).Status);
        statuses.Add((await _channel.ReadLineAsync()).Status);
        await _toServer.Writer.WriteAsync(new byte[_options.MaxCommandLineBytes].Select(_ => (byte)'x').ToArray(), TestContext.Current.CancellationToken);
        statuses.Add((await _channel.ReadLineAsync()).Status);
        await _toServer.Writer.WriteAsync("x\r\nNOOP\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        statuses.Add((await _channel.ReadLineAsync()).Status);

        Assert.Equal([LineStatus.TooLong, LineStatus.Skipped, LineStatus.Skipped, LineStatus.Line], statuses);
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        _clock.Dispose();
    }

    private async Task WriteAsync(int octets)
    {
        var line = (new string('x', 1022) + "\r\n").Select(c => (byte)c).ToArray();
        for (var sent = 0; sent < octets; sent += line.Length)
            await _toServer.Writer.WriteAsync(line, TestContext.Current.CancellationToken);
    }

    private sealed class TwoPipes(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
