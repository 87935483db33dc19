using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Mail.Backends;
using Portal.Mail.DovecotAuth;

namespace Portal.Mail.Tests.Support;

/// <summary>The Dovecot auth server on a UNIX socket of its own, and a backend whose answers a test decides.</summary>
internal sealed class DovecotAuthServer : IAsyncDisposable, IDovecotAuthBackend
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dovecot-auth-");
    private readonly List<DovecotClient> _clients = [];
    private WebApplication? _app;

    public CapturedLog Log { get; } = new();

    public ConcurrentQueue<(DovecotAuthRequest Request, string Password)> Requests { get; } = new();

    public Func<DovecotAuthRequest, CancellationToken, ValueTask<DovecotAuthDecision>> OnRequest { get; set; } =
        (request, _) => ValueTask.FromResult(DovecotAuthDecision.Accepted(request.Credentials.Username));

    public IServiceProvider Services => _app!.Services;

    private string SocketPath => Path.Combine(_directory.FullName, "auth");

    public static async Task<DovecotAuthServer> StartAsync(Action<DovecotAuthOptions>? configure = null, TimeProvider? time = null)
    {
        var server = new DovecotAuthServer();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(server.Log);
        builder.Services.AddSingleton<IDovecotAuthBackend>(server).AddDovecotAuth(configure);
        if (time is not null)
            builder.Services.AddSingleton(time);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(server.SocketPath, listen => listen.UseDovecotAuth()));
        server._app = builder.Build();
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask<DovecotAuthDecision> AuthenticateAsync(DovecotAuthRequest request, CancellationToken cancellationToken)
    {
        Requests.Enqueue((request, request.Credentials.Password.Reveal()));
        return OnRequest(request, cancellationToken);
    }

    public async Task<DovecotClient> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), TestContext.Current.CancellationToken);
        var client = new DovecotClient(socket);
        _clients.Add(client);
        return client;
    }

    /// <summary>Both sides have introduced themselves.</summary>
    public async Task<DovecotClient> ShakeHandsAsync()
    {
        var client = await ConnectAsync();
        await client.SendAsync("VERSION\t1\t1\nCPID\t42\n");
        while (await client.ReadAsync() is not "DONE")
        {
        }

        return client;
    }

    public Task StopAsync() => _app!.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        if (_app is not null)
            await _app.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}

/// <summary>Sends octets as they are given and reads lines (Latin-1 on both ways).</summary>
internal sealed class DovecotClient(Socket socket) : IAsyncDisposable
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);
    private StreamReader? _reader;

    private StreamReader Reader => _reader ??= new StreamReader(_stream, System.Text.Encoding.Latin1);

    public async Task SendAsync(string octets) =>
        await _stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(octets), TestContext.Current.CancellationToken);

    /// <summary>A line without its LF, or null at the end of the connection.</summary>
    public async Task<string?> ReadAsync()
    {
        try
        {
            return await Reader.ReadLineAsync(TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public async Task<string?> AskAsync(string line)
    {
        await SendAsync(line + "\n");
        return await ReadAsync();
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
