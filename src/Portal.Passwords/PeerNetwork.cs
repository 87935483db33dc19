using System.Net;
using System.Net.Sockets;

namespace Portal.Passwords;

/// <summary>The network that an address is taken to belong to: IPv4 /24, IPv6 /48.</summary>
public static class PeerNetwork
{
    /// <returns>As <c>192.0.2.0/24</c>; null when the address is not known.</returns>
    public static string? Of(IPAddress? ip)
    {
        if (ip is null)
            return null;
        if (ip.IsIPv4MappedToIPv6)
            ip = ip.MapToIPv4();
        var kept = ip.AddressFamily == AddressFamily.InterNetwork ? 3 : 6;
        var bytes = ip.GetAddressBytes();
        bytes.AsSpan(kept).Clear();
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }
}
