using System.Net.Sockets;
using System.Text;

namespace Portal.Web.Tests.MailAuthentication;

/// <summary>Another mail server that asks over the portal's socket, as Postfix does.</summary>
internal sealed class AuthSocket : IDisposable
{
    private readonly Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly StreamReader reader;
    private readonly Stream stream;
    private int id;

    private AuthSocket(string path)
    {
        socket.Connect(new UnixDomainSocketEndPoint(path));
        stream = new NetworkStream(socket);
        reader = new StreamReader(stream, Encoding.ASCII);
    }

    public static async Task<AuthSocket> ConnectAsync(string path)
    {
        var made = new AuthSocket(path);
        await made.WriteAsync($"VERSION\t1\t2\nCPID\t{Environment.ProcessId}\n");
        while (await made.reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && line != "DONE")
        {
        }

        return made;
    }

    /// <returns>The answer's first word: OK or FAIL; and the rest of it.</returns>
    public async Task<(string Verdict, string More)> AskAsync(string service, string username, string password, string address = "127.0.0.1")
    {
        id++;
        var response = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{username}\0{password}"));
        await WriteAsync($"AUTH\t{id}\tPLAIN\tservice={service}\tnologin\tsecured\tlip=127.0.0.1\trip={address}\tresp={response}\n");
        var line = await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? "closed";
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        return tab < 0 ? (line, string.Empty) : (line[..tab], line[(tab + 1)..]);
    }

    public void Dispose()
    {
        reader.Dispose();
        stream.Dispose();
        socket.Dispose();
    }

    private async Task WriteAsync(string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
}
