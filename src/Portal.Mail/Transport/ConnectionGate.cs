using System.Net;
using System.Net.Sockets;

namespace Portal.Mail.Transport;

internal enum GateVerdict
{
    Admitted,
    PeerFull,
    ServerFull,
}

/// <summary>Counts open connections, in all and per peer. IPv6 peers are counted per /64, which is what one host is given.</summary>
internal sealed class ConnectionGate(int maxConnections, int maxPerPeer)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _perPeer = [];
    private int _total;

    public int Total
    {
        get
        {
            lock (_lock)
                return _total;
        }
    }

    /// <summary>Each <see cref="GateVerdict.Admitted"/> is followed by one <see cref="Leave"/>.</summary>
    public GateVerdict Enter(IPAddress peer)
    {
        var key = NetworkOf(peer);
        lock (_lock)
        {
            if (_total >= maxConnections)
                return GateVerdict.ServerFull;
            var open = _perPeer.GetValueOrDefault(key);
            if (open >= maxPerPeer)
                return GateVerdict.PeerFull;
            _perPeer[key] = open + 1;
            _total++;
            return GateVerdict.Admitted;
        }
    }

    public void Leave(IPAddress peer)
    {
        var key = NetworkOf(peer);
        lock (_lock)
        {
            _total--;
            if (_perPeer[key] == 1)
                _perPeer.Remove(key);
            else
                _perPeer[key]--;
        }
    }

    internal static IPAddress NetworkOf(IPAddress peer)
    {
        if (peer.IsIPv4MappedToIPv6)
            return peer.MapToIPv4();
        if (peer.AddressFamily != AddressFamily.InterNetworkV6)
            return peer;
        Span<byte> octets = stackalloc byte[16];
        peer.TryWriteBytes(octets, out _);
        octets[8..].Clear();
        return new IPAddress(octets);
    }
}
