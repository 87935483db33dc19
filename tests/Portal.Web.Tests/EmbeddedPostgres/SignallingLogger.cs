using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Portal.Web.Tests.EmbeddedPostgres;

/// <summary>Lets a test wait for what the code under test reports.</summary>
internal sealed class SignallingLogger : ILogger
{
    private readonly ConcurrentBag<int> _events = [];
    private readonly Channel<int> _arrivals = Channel.CreateUnbounded<int>();

    public bool Seen(int eventId) => _events.Contains(eventId);

    public async Task NextAsync(CancellationToken cancellation) => await _arrivals.Reader.ReadAsync(cancellation);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _events.Add(eventId.Id);
        _arrivals.Writer.TryWrite(eventId.Id);
    }
}
