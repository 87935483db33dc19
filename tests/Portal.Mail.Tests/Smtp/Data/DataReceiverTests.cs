using Portal.Mail.Smtp.Data;
using Portal.Mail.Tests.Support;
using Portal.Mail.Transport;

namespace Portal.Mail.Tests.Smtp.Data;

public sealed class DataReceiverTests : IAsyncDisposable
{
    private readonly InlineConnection _connection = new();
    private readonly DataMachine _machine;

    public DataReceiverTests() =>
        _machine = new DataMachine(DataLimits.From(_connection.Options), new PooledContent(new SegmentPool(10_000_000)));

    [Fact]
    public async Task ReceiveAsync_OctetsAtTheMinimumRate_EarnTheirTime()
    {
        var receiving = StartAsync();

        // A minute's octets each minute hold the deadline one grace ahead.
        for (var minute = 0; minute < 10; minute++)
        {
            _connection.Time.Advance(TimeSpan.FromSeconds(59));
            Assert.False(receiving.IsCompleted);
            await WriteLinesAsync(59 * _connection.Options.MinDataBytesPerSecond);
        }

        _connection.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(receiving.IsCompleted);
        _connection.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(DataEnd.Expired, await receiving);
        Assert.Equal(ClockCause.DataTooSlow, _connection.Clock.Cause);
    }

    [Fact]
    public async Task ReceiveAsync_FastThenSilent_EndsOnTheIdleTimeout()
    {
        var receiving = StartAsync();
        await WriteLinesAsync(5_000_000);

        _connection.Time.Advance(_connection.Options.DataTimeout);

        Assert.Equal(DataEnd.Expired, await receiving);
        Assert.Equal(ClockCause.DataTimeout, _connection.Clock.Cause);
    }

    [Fact]
    public async Task ReceiveAsync_End_DisarmsTheClockAndLeavesWhatFollows()
    {
        var receiving = StartAsync();
        await _connection.WriteAsync("a\r\n.\r\nQUIT\r\n");

        Assert.Equal(DataEnd.Complete, await receiving);
        _connection.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(ClockCause.None, _connection.Clock.Cause);
        Assert.Equal("QUIT", (await _connection.Channel.ReadLineAsync()).Text);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private Task<DataEnd> StartAsync() =>
        DataReceiver.ReceiveAsync(_connection.Channel, _machine, _connection.Clock, _connection.Options).AsTask();

    private async Task WriteLinesAsync(int octets)
    {
        var line = new string('x', 1022) + "\r\n";
        for (var sent = 0; sent < octets; sent += line.Length)
            await _connection.WriteAsync(line);
    }
}
