using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Time.Testing;
using Portal.Mail.Smtp;
using Portal.Mail.Transport;

namespace Portal.Mail.Tests.Support;

/// <summary>A connection of two pipes that run inline: when a write returns, the server has read it and armed its timer.</summary>
internal sealed class InlineConnection : IAsyncDisposable
{
    private readonly Pipe _toServer = new(new PipeOptions(readerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
    private readonly Pipe _fromServer = new(new PipeOptions(pauseWriterThreshold: 8192, resumeWriterThreshold: 4096, useSynchronizationContext: false));

    public InlineConnection()
    {
        Clock = new SessionClock(Time, Options.SessionTimeout);
        Context = new DefaultConnectionContext("test") { Transport = new TwoPipes(_toServer.Reader, _fromServer.Writer) };
        Channel = new SmtpChannel(Context, Clock, Options, CancellationToken.None);
    }

    public FakeTimeProvider Time { get; } = new();

    public SmtpIntakeOptions Options { get; } = new();

    public SessionClock Clock { get; }

    public DefaultConnectionContext Context { get; }

    public SmtpChannel Channel { get; }

    public async Task WriteAsync(string octets) =>
        await _toServer.Writer.WriteAsync(Encoding.Latin1.GetBytes(octets), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        Clock.Dispose();
        await Context.DisposeAsync();
    }

    private sealed class TwoPipes(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
