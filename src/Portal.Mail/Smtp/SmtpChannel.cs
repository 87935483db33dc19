using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Portal.Mail.Smtp.Replies;
using Portal.Mail.Transport;

namespace Portal.Mail.Smtp;

internal enum LineStatus
{
    Line,

    /// <summary>An AUTH line, or a response to one: octets that are to be cleared.</summary>
    Secret,

    TooLong,
    SecretTooLong,

    /// <summary>More of a line already reported as too long.</summary>
    Skipped,

    BareLf,
    NotText,
    Disconnected,
    Expired,
    ShuttingDown,
}

/// <param name="Secret">What a line of that status holds; whoever takes it disposes it.</param>
internal readonly record struct CommandLine(LineStatus Status, string Text = "", SecretOctets? Secret = null);

/// <summary>The connection as command lines and replies. Replies gather until the peer has to be waited for (RFC 2920 section 3.2).</summary>
internal sealed class SmtpChannel(
    ConnectionContext connection, SessionClock clock, SmtpServerOptions options, CancellationToken shutdown, int maxAuthLineBytes = 0)
    : IAsyncDisposable
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
    public ValueTask<CommandLine> ReadLineAsync() => ReadAsync(isResponse: false);

    /// <summary>The peer's answer to a challenge: always secret.</summary>
    public ValueTask<CommandLine> ReadResponseAsync() => ReadAsync(isResponse: true);

    private async ValueTask<CommandLine> ReadAsync(bool isResponse)
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

                if (TakeLine(result, isResponse) is { } line)
                {
                    clock.Disarm();
                    return line;
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
    private CommandLine? TakeLine(ReadResult result, bool isResponse)
    {
        var isSecret = isResponse || (maxAuthLineBytes > 0 && !_isSkipping && StartsWithAuth(result.Buffer));
        var limit = isSecret ? maxAuthLineBytes : options.MaxCommandLineBytes;
        // No more than a line's worth is looked at, however much has come in.
        var window = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, limit));
        var lf = window.Slice(_scanned).PositionOf((byte)'\n');
        var wasSkipping = _isSkipping;
        if (lf is null && window.Length < limit)
        {
            _scanned = window.Length;
            Input.AdvanceTo(window.Start, window.End);
            return result.IsCompleted ? new CommandLine(LineStatus.Disconnected) : null;
        }

        _scanned = 0;
        _isSkipping = lf is null;
        if (lf is null)
        {
            Consume(window);
            return new CommandLine(wasSkipping ? LineStatus.Skipped : isSecret ? LineStatus.SecretTooLong : LineStatus.TooLong);
        }

        var whole = window.Slice(0, window.GetPosition(1, lf.Value));
        // The tail of a line that was refused already is no line.
        CommandLine? line = wasSkipping ? null : Decode(whole, isSecret);
        Consume(whole);
        return line;
    }

    /// <summary>Where passwords may come, nothing read is left in the reader's memory.</summary>
    private void Consume(ReadOnlySequence<byte> octets)
    {
        var end = octets.End;
        if (maxAuthLineBytes > 0)
        {
            foreach (var part in octets)
                CryptographicOperations.ZeroMemory(MemoryMarshal.AsMemory(part).Span);
        }

        Input.AdvanceTo(end);
    }

    private static bool StartsWithAuth(ReadOnlySequence<byte> buffer)
    {
        if (buffer.Length < 4)
            return false;
        Span<byte> verb = stackalloc byte[4];
        buffer.Slice(0, 4).CopyTo(verb);
        return Ascii.EqualsIgnoreCase(verb, "AUTH"u8);
    }

    private static CommandLine Decode(ReadOnlySequence<byte> whole, bool isSecret)
    {
        if (whole.Length < 2)
            return new CommandLine(LineStatus.BareLf);
        Span<byte> end = stackalloc byte[2];
        whole.Slice(whole.Length - 2).CopyTo(end);
        if (end[0] != '\r')
            return new CommandLine(LineStatus.BareLf);
        var line = whole.Slice(0, whole.Length - 2);
        if (isSecret)
        {
            var secret = new SecretOctets((int)line.Length);
            line.CopyTo(secret.Span);
            return new CommandLine(LineStatus.Secret, Secret: secret);
        }

        try
        {
            return new CommandLine(LineStatus.Line, StrictUtf8.GetString(line));
        }
        catch (DecoderFallbackException)
        {
            return new CommandLine(LineStatus.NotText);
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
