using System.Net;

namespace Portal.Platform.MotorBlocks;

/// <summary>The network that a client is taken to belong to: IPv4 /24, IPv6 /48. EF asks of a key that its values have an order, which <see cref="IPNetwork"/> has not.</summary>
public readonly record struct ClientNetwork(IPNetwork Value) : IComparable<ClientNetwork>
{
    public static bool operator <(ClientNetwork left, ClientNetwork right) => left.CompareTo(right) < 0;

    public static bool operator >(ClientNetwork left, ClientNetwork right) => left.CompareTo(right) > 0;

    public static bool operator <=(ClientNetwork left, ClientNetwork right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ClientNetwork left, ClientNetwork right) => left.CompareTo(right) >= 0;

    public int CompareTo(ClientNetwork other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <returns>As <c>192.0.2.0/24</c>.</returns>
    public override string ToString() => Value.ToString();
}
