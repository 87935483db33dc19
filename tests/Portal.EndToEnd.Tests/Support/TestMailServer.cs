using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using MimeKit;

namespace Portal.EndToEnd.Tests.Support;

/// <summary>The smart host that a portal under test is given: takes every message, so that a test reads what was mailed to whom.</summary>
public sealed class TestMailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<MimeMessage> _arrivals = Channel.CreateUnbounded<MimeMessage>();
    private readonly List<MimeMessage> _seen = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public TestMailServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Waits for a message to the address with the subject; each is given once.</summary>
    public async Task<string> ReadAsync(string recipient, string subject)
    {
        while (true)
        {
            var found = _seen.Find(message => message.Subject == subject && message.To.Mailboxes.Any(to => to.Address == recipient));
            if (found is not null)
            {
                _seen.Remove(found);
                return found.TextBody ?? string.Empty;
            }

            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            _seen.Add(await _arrivals.Reader.ReadAsync(patience.Token));
        }
    }

    /// <summary>The path of the link in that message.</summary>
    public async Task<string> ReadLinkAsync(string recipient, string subject) =>
        Regex.Match(await ReadAsync(recipient, subject), "/account/[a-z-]+/[A-Za-z0-9_-]{43}").Value;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        try
        {
            await _serving;
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped while it waited for a connection.
        }

        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            await TalkAsync(client.GetStream());
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 mail.test ESMTP");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("354 Go on");
                await KeepAsync(reader);
            }

            await writer.WriteLineAsync(line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase) ? "221 Bye" : "250 Ok");
        }
    }

    private async Task KeepAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        using var content = new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()));
        _arrivals.Writer.TryWrite(await MimeMessage.LoadAsync(content, _stop.Token));
    }
}
