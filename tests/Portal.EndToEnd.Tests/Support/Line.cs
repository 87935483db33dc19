using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Portal.EndToEnd.Tests.Support;

/// <summary>The line between a browser and the portal. It can be cut: what goes over it ends, and nobody answers until it is mended.</summary>
public sealed class Line : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Socket, byte> _open = new();
    private readonly int _to;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _accepting;
    private volatile bool _isCut;

    private Line(int to)
    {
        _to = to;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => $"http://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public static Line To(PortalProcess portal) => new(portal.HttpPort);

    public void Cut()
    {
        _isCut = true;
        foreach (var socket in _open.Keys)
            socket.Close();
    }

    public void Mend() => _isCut = false;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Cut();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await _listener.AcceptSocketAsync(_end.Token));
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(Socket browser)
    {
        using var portal = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _open[browser] = _open[portal] = 0;
        try
        {
            if (_isCut)
                return;
            await portal.ConnectAsync(IPAddress.Loopback, _to, _end.Token);
            await using var there = new NetworkStream(browser);
            await using var back = new NetworkStream(portal);
            await Task.WhenAny(there.CopyToAsync(back, _end.Token), back.CopyToAsync(there, _end.Token));
        }
        catch (Exception fault) when (fault is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut, or one side has closed.
        }
        finally
        {
            _open.TryRemove(browser, out _);
            _open.TryRemove(portal, out _);
            browser.Dispose();
        }
    }
}
