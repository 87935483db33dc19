using System.Buffers.Text;
using System.IO.Pipelines;
using System.Text;
using Portal.Mail.Backends;
using Portal.Mail.Sasl;
using Portal.Mail.Transport;

namespace Portal.Mail.DovecotAuth;

internal enum DovecotAuthEnd
{
    /// <summary>The client went away, or the host is shutting down.</summary>
    Gone,

    LineTooLong,
    NoHandshake,
    OtherVersion,
    BrokenRequest,
}

/// <summary>One connection: handshake, then logins, checked side by side and answered as they are done; the id tells which.</summary>
internal sealed class DovecotAuthSession(DovecotAuthService service, IDuplexPipe transport) : IDisposable
{
    private sealed record Exchange(DovecotAuthLine Request, SaslDialogue Dialogue);

    private readonly DovecotLineReader _reader = new(transport.Input, service.Options.MaxLineBytes);
    private readonly OrderedDictionary<uint, Exchange> _waiting = [];
    private readonly SemaphoreSlim _lanes = new(service.Options.MaxRequestsPerConnection);
    private readonly SemaphoreSlim _writing = new(1);

    public async Task<DovecotAuthEnd> RunAsync(CancellationToken shutdown)
    {
        try
        {
            return await ShakeHandsAsync(shutdown) ?? await ServeAsync(shutdown);
        }
        catch (OperationCanceledException) when (shutdown.IsCancellationRequested)
        {
            return DovecotAuthEnd.Gone;
        }
        finally
        {
            // What was begun is finished: the host's count of failures must not depend on a client's patience.
            for (var i = 0; i < service.Options.MaxRequestsPerConnection; i++)
                await _lanes.WaitAsync(CancellationToken.None);
        }
    }

    public void Dispose()
    {
        _lanes.Dispose();
        _writing.Dispose();
    }

    /// <summary>VERSION comes first; CPID before any login. Null when all is well.</summary>
    private async ValueTask<DovecotAuthEnd?> ShakeHandsAsync(CancellationToken shutdown)
    {
        using var timeout = new CancellationTokenSource(service.Options.HandshakeTimeout, service.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, shutdown);
        try
        {
            await WriteAsync(DovecotAuthReplies.Handshake(service.NextConnection()));
            var isVersionKnown = false;
            while (await _reader.ReadAsync(either.Token) is { } line)
            {
                using (line)
                {
                    switch (Split(line, out var fields))
                    {
                        case "VERSION" when !isVersionKnown:
                            if (!Utf8Parser.TryParse(fields.Span, out int major, out _) || major != DovecotAuthReplies.MajorVersion)
                                return DovecotAuthEnd.OtherVersion;
                            isVersionKnown = true;
                            break;
                        case "CPID" when isVersionKnown && DovecotAuthLine.TryReadId(fields.Span, out _):
                            return null;
                        case "AUTH" or "CONT":
                        case var _ when !isVersionKnown:
                            return DovecotAuthEnd.NoHandshake;
                    }
                }
            }

            return EndOfInput();
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return DovecotAuthEnd.NoHandshake;
        }
    }

    private async ValueTask<DovecotAuthEnd> ServeAsync(CancellationToken shutdown)
    {
        while (await _reader.ReadAsync(shutdown) is { } line)
        {
            using (line)
            {
                var isServed = Split(line, out var fields) switch
                {
                    "AUTH" => await StartAsync(DovecotAuthLine.Parse(fields)),
                    "CONT" => await ContinueAsync(fields),
                    "CANCEL" => Cancel(fields),
                    // Later versions know more commands: "unknown commands are ignored".
                    _ => true,
                };
                if (!isServed)
                    return DovecotAuthEnd.BrokenRequest;
            }
        }

        return EndOfInput();
    }

    private DovecotAuthEnd EndOfInput() => _reader.IsOversize ? DovecotAuthEnd.LineTooLong : DovecotAuthEnd.Gone;

    /// <summary>The command, or nothing for one longer than any of ours.</summary>
    private static string Split(SecretOctets line, out ReadOnlyMemory<byte> fields)
    {
        fields = line.Memory;
        var command = DovecotAuthLine.TakeField(ref fields);
        return command.Length <= "VERSION".Length ? Encoding.Latin1.GetString(command.Span) : string.Empty;
    }

    /// <summary>False for a request that cannot be answered, or whose id is taken: the two sides no longer agree on anything.</summary>
    private async ValueTask<bool> StartAsync(DovecotAuthLine? request)
    {
        if (request is null || _waiting.ContainsKey(request.Id))
            return false;
        if (SaslDialogue.Of(request.Mechanism) is not { } dialogue)
        {
            await WriteAsync(DovecotAuthReplies.Fail(request.Id, null, "reason=Unsupported authentication mechanism"));
            return true;
        }

        var step = request.Response is { } initial ? dialogue.Next(initial.Span) : dialogue.Start();
        await TakeAsync(new Exchange(request with { Response = null }, dialogue), step);
        return true;
    }

    /// <summary>"CONT" TAB id TAB base64 LF</summary>
    private async ValueTask<bool> ContinueAsync(ReadOnlyMemory<byte> fields)
    {
        if (!DovecotAuthLine.TryReadId(DovecotAuthLine.TakeField(ref fields).Span, out var id))
            return false;
        // An exchange that gave way, or was cancelled, has been answered already.
        if (_waiting.Remove(id, out var exchange))
            await TakeAsync(exchange, exchange.Dialogue.Next(fields.Span));
        return true;
    }

    /// <summary>"CANCEL" TAB id LF: no answer is wanted.</summary>
    private bool Cancel(ReadOnlyMemory<byte> fields)
    {
        if (!DovecotAuthLine.TryReadId(fields.Span, out var id))
            return false;
        _waiting.Remove(id);
        return true;
    }

    private async ValueTask TakeAsync(Exchange exchange, SaslStep step)
    {
        var id = exchange.Request.Id;
        switch (step.Kind)
        {
            case SaslStepKind.Challenge:
                await MakeRoomAsync();
                _waiting.Add(id, exchange);
                await WriteAsync(DovecotAuthReplies.Continue(id, step.Challenge));
                break;
            case SaslStepKind.Complete:
                await _lanes.WaitAsync(CancellationToken.None);
                _ = CheckAsync(exchange.Request, step.Credentials!);
                break;
            case SaslStepKind.OtherIdentity:
                await WriteAsync(DovecotAuthReplies.Fail(id, null, "authz\tcode=authz_fail"));
                break;
            case SaslStepKind.Malformed:
                await WriteAsync(DovecotAuthReplies.Fail(id, null, "reason=Authentication data not understood"));
                break;
            default:
                await WriteAsync(DovecotAuthReplies.Fail(id, null, null));
                break;
        }
    }

    /// <summary>Clients leave exchanges open when theirs hang up: the oldest gives way.</summary>
    private async ValueTask MakeRoomAsync()
    {
        if (_waiting.Count < service.Options.MaxRequestsPerConnection)
            return;
        var oldest = _waiting.GetAt(0).Key;
        _waiting.RemoveAt(0);
        await WriteAsync(DovecotAuthReplies.Fail(oldest, null, "temp\tcode=temp_fail"));
    }

    /// <summary>Runs beside the reading; gives its lane back whatever happens.</summary>
    private async Task CheckAsync(DovecotAuthLine line, SaslCredentials credentials)
    {
        try
        {
            using var password = credentials.Password;
            var request = new DovecotAuthRequest(line.Service, credentials, line.RemoteAddress, line.IsSecured, line.LocalName);
            var decision = await service.AuthenticateAsync(request);
            await WriteAsync(DovecotAuthReplies.For(line.Id, credentials.Username, decision));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client is gone; reading sees it too and ends the session.
        }
        finally
        {
            _lanes.Release();
        }
    }

    private async ValueTask WriteAsync(string line)
    {
        await _writing.WaitAsync(CancellationToken.None);
        try
        {
            await transport.Output.WriteAsync(Encoding.UTF8.GetBytes(line), CancellationToken.None);
        }
        finally
        {
            _writing.Release();
        }
    }
}
