using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Portal.Mail.Tests.Support;

/// <summary>Sends octets as they are given and reads replies line by line (Latin-1 on both ways).</summary>
internal sealed class WireClient : IAsyncDisposable
{
    private readonly TcpClient _tcp;
    private readonly byte[] _buffer = new byte[8192];
    private readonly StringBuilder _unread = new();
    private Stream _stream;

    private WireClient(TcpClient tcp)
    {
        _tcp = tcp;
        _stream = tcp.GetStream();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public SslProtocols TlsProtocol => ((SslStream)_stream).SslProtocol;

    public static async Task<WireClient> ConnectAsync(int port)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(IPAddress.Loopback, port, Token);
        return new WireClient(tcp);
    }

    public async Task SendAsync(string octets)
    {
        await _stream.WriteAsync(Encoding.Latin1.GetBytes(octets), Token);
        await _stream.FlushAsync(Token);
    }

    /// <summary>Sends text as UTF-8.</summary>
    public async Task SendUtf8Async(string text) => await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), Token);

    /// <summary>One reply line without its CRLF, or null at the end of the connection.</summary>
    public async Task<string?> ReadLineAsync()
    {
        while (true)
        {
            var text = _unread.ToString();
            var end = text.IndexOf("\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                _unread.Remove(0, end + 2);
                return text[..end];
            }

            int read;
            try
            {
                read = await _stream.ReadAsync(_buffer, Token);
            }
            catch (IOException)
            {
                read = 0;
            }

            if (read == 0)
                return null;
            _unread.Append(Encoding.Latin1.GetString(_buffer, 0, read));
        }
    }

    /// <summary>A whole reply, its lines joined by line feeds.</summary>
    public async Task<string?> ReadReplyAsync()
    {
        var lines = new List<string>();
        while (await ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (line.Length < 4 || line[3] == ' ')
                return string.Join('\n', lines);
        }

        return null;
    }

    public async Task ExpectAsync(string start)
    {
        var reply = await ReadReplyAsync();
        Assert.NotNull(reply);
        Assert.StartsWith(start, reply, StringComparison.Ordinal);
    }

    /// <summary>Sends a command and expects a reply that starts so.</summary>
    public async Task SayAsync(string command, string expected)
    {
        await SendAsync(command + "\r\n");
        await ExpectAsync(expected);
    }

    public async Task ExpectEndAsync() => Assert.Null(await ReadReplyAsync());

    /// <summary>EHLO, MAIL, RCPT, DATA up to the 354.</summary>
    public async Task StartDataAsync(string mailParameters = "")
    {
        await SayAsync("EHLO client.example", "250-mx.example.org");
        await SayAsync($"MAIL FROM:<sender@example.net>{mailParameters}", "250 2.1.0");
        await SayAsync("RCPT TO:<alice@example.org>", "250 2.1.5");
        await SayAsync("DATA", "354 ");
    }

    public async Task UpgradeAsync(SslProtocols protocols = SslProtocols.None)
    {
        var tls = new SslStream(_stream, leaveInnerStreamOpen: false);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "mx.example.org",
                EnabledSslProtocols = protocols,
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
            },
            Token);
        _stream = tls;
    }

    public void CloseSending() => _tcp.Client.Shutdown(SocketShutdown.Send);

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _tcp.Dispose();
    }
}
