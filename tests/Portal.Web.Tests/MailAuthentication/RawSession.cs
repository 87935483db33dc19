using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Portal.Web.Tests.MailAuthentication;

/// <summary>A submission session in TLS, line by line: it sees what the server says unasked.</summary>
internal sealed class RawSession : IAsyncDisposable
{
    private readonly TcpClient tcp = new();
    private SslStream stream = null!;
    private StreamReader reader = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Connected, greeted, EHLO said.</summary>
    public static async Task<RawSession> ConnectAsync(int tlsPort)
    {
        var session = new RawSession();
        await session.tcp.ConnectAsync(IPAddress.Loopback, tlsPort, Cancel);
        // The portal's own certificate of this test is nobody's but its own.
        session.stream = new SslStream(session.tcp.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await session.stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, Cancel);
        session.reader = new StreamReader(session.stream, Encoding.ASCII);
        await session.ReplyAsync();
        await session.SayAsync("EHLO test.example");
        return session;
    }

    /// <returns>The reply's last line.</returns>
    public async Task<string> SayAsync(string line)
    {
        await WriteAsync(line);
        return await ReplyAsync();
    }

    public Task<string> AuthenticateAsync(string username, string password) =>
        SayAsync($"AUTH PLAIN {Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{username}\0{password}"))}");

    public Task WriteAsync(string line) => stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), Cancel).AsTask();

    /// <summary>Waits for the next reply; empty when the server has closed the connection.</summary>
    public async Task<string> ReplyAsync()
    {
        while (await reader.ReadLineAsync(Cancel) is { } line)
        {
            if (line.Length < 4 || line[3] == ' ')
                return line;
        }

        return string.Empty;
    }

    public async ValueTask DisposeAsync()
    {
        reader?.Dispose();
        if (stream is not null)
            await stream.DisposeAsync();
        tcp.Dispose();
    }
}
