using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Portal.Mail.Smtp.Replies;
using Portal.Mail.Transport;

namespace Portal.Mail.Smtp;

internal enum LineStatus
{
    Line,
    TooLong,

    /// <summary>More of a line already reported as too long.</summary>
    Skipped,

    BareLf,
    NotText,
    Disconnected,
    Expired,
    ShuttingDown,
}

internal readonly record struct CommandLine(LineStatus Status, string Text = "");

/// <summary>The connection as command lines and replies. Replies gather until the peer has to be waited for (RFC 2920 section 3.2).</summary>
internal sealed class SmtpChannel(
    ConnectionContext connection, SessionClock clock, SmtpIntakeOptions options, CancellationToken shutdown) : IAsyncDisposable
{
    /// <summary>Octets of replies that gather before they are sent on, however much is pipelined.</summary>
    private const int MaxGatheredReplies = 4096;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly CancellationTokenSource _waitEnded = CancellationTokenSource.CreateLinkedTokenSource(clock.Expired, shutdown);
    private PipeWriter _output = connection.Transport.Output;
    private SslStream? _tls;
    private long _scanned;
    private bool _isSkipping;

    public PipeReader Input { get; private set; } = connection.Transport.Input;

    /// <summary><c>TLSv1.2</c>, <c>TLSv1.3</c>, or null in clear.</summary>
    public string? TlsProtocol => _tls is null ? null : TlsUpgrade.NameOf(_tls.SslProtocol);

    public async ValueTask WriteAsync(Answer answer, bool withEnhanced)
    {
        ReplyWriter.Write(_output, answer.Reply, answer.MoreLines, withEnhanced);
        if (_output.UnflushedBytes >= MaxGatheredReplies)
            await FlushAsync();
    }

    /// <summary>Never cancelled half-way: a reply is sent, or the peer takes too long and the connection is cut.</summary>
    public async ValueTask FlushAsync()
    {
        var flush = _output.FlushAsync(CancellationToken.None);
        if (flush.IsCompletedSuccessfully)
        {
            await flush;
            return;
        }

        try
        {
            await flush.AsTask().WaitAsync(options.ReplyTimeout, clock.Time, CancellationToken.None);
        }
        catch (TimeoutException cause)
        {
            connection.Abort(new ConnectionAbortedException("The peer does not take its replies.", cause));
            throw new ConnectionAbortedException("The peer does not take its replies.", cause);
        }
    }

    /// <summary>Whether the peer has sent more than was read so far. Does not wait.</summary>
    public bool HasMoreInput()
    {
        if (!Input.TryRead(out var result))
            return false;
        var more = !result.Buffer.IsEmpty;
        Input.AdvanceTo(result.Buffer.Start);
        return more;
    }

    /// <summary>
    /// The next command line without its CRLF. Replies are flushed before waiting. Each further limit's worth of a line that was too
    /// long is reported as skipped, so that an endless one runs into the limit on errors.
    /// </summary>
    public async ValueTask<CommandLine> ReadLineAsync()
    {
        var isArmed = false;
        try
        {
            while (true)
            {
                _waitEnded.Token.ThrowIfCancellationRequested();
                if (!Input.TryRead(out var result))
                {
                    // Once for a line: octets that trickle in do not put it off.
                    if (!isArmed)
                        clock.Arm(options.CommandTimeout, ClockCause.CommandTimeout);
                    isArmed = true;
                    await FlushAsync();
                    result = await Input.ReadAsync(_waitEnded.Token);
                }

                if (TakeLine(result, out var line) is { } end)
                {
                    clock.Disarm();
                    return new CommandLine(end, line);
                }
            }
        }
        catch (OperationCanceledException) when (clock.Cause != ClockCause.None)
        {
            return new CommandLine(LineStatus.Expired);
        }
        catch (OperationCanceledException) when (shutdown.IsCancellationRequested)
        {
            return new CommandLine(LineStatus.ShuttingDown);
        }
    }

    /// <summary>Null when more input is needed. Each octet is searched once, however slowly the line comes in.</summary>
    private LineStatus? TakeLine(ReadResult result, out string line)
    {
        line = string.Empty;
        // No more than a line's worth is looked at, however much has come in.
        var window = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, options.MaxCommandLineBytes));
        var lf = window.Slice(_scanned).PositionOf((byte)'\n');
        var wasSkipping = _isSkipping;
        if (lf is null && window.Length < options.MaxCommandLineBytes)
        {
            _scanned = window.Length;
            Input.AdvanceTo(window.Start, window.End);
            return result.IsCompleted ? LineStatus.Disconnected : null;
        }

        _scanned = 0;
        _isSkipping = lf is null;
        if (lf is null)
        {
            Input.AdvanceTo(window.End);
            return wasSkipping ? LineStatus.Skipped : LineStatus.TooLong;
        }

        var whole = window.Slice(0, window.GetPosition(1, lf.Value));
        var status = Decode(whole, out line);
        Input.AdvanceTo(whole.End);
        // The tail of a line that was refused already is no line.
        return wasSkipping ? null : status;
    }

    private static LineStatus Decode(ReadOnlySequence<byte> whole, out string line)
    {
        line = string.Empty;
        if (whole.Length < 2)
            return LineStatus.BareLf;
        Span<byte> end = stackalloc byte[2];
        whole.Slice(whole.Length - 2).CopyTo(end);
        if (end[0] != '\r')
            return LineStatus.BareLf;
        try
        {
            line = StrictUtf8.GetString(whole.Slice(0, whole.Length - 2));
            return LineStatus.Line;
        }
        catch (DecoderFallbackException)
        {
            return LineStatus.NotText;
        }
    }

    /// <summary>Hands the connection to TLS. Nothing read in clear lives on: the new reader starts empty (RFC 3207 section 4.2).</summary>
    public async Task UpgradeAsync(SslServerAuthenticationOptions tlsOptions)
    {
        clock.Arm(options.TlsTimeout, ClockCause.TlsTimeout);
        await FlushAsync();
        var tls = new SslStream(new DuplexPipeStream(Input, _output), leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsServerAsync(tlsOptions, clock.Expired);
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }

        clock.Disarm();
        _tls = tls;
        Input = PipeReader.Create(tls, new StreamPipeReaderOptions(bufferSize: 16 * 1024, useZeroByteReads: true));
        _output = PipeWriter.Create(tls);
        _scanned = 0;
        _isSkipping = false;
    }

    /// <summary>Sends what is left and says goodbye in TLS, as long as the peer takes it.</summary>
    public async ValueTask CloseAsync()
    {
        await FlushAsync();
        if (_tls is not null)
            await _tls.ShutdownAsync().WaitAsync(options.ReplyTimeout, clock.Time, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _waitEnded.Dispose();
        if (_tls is not null)
            await _tls.DisposeAsync();
    }
}
