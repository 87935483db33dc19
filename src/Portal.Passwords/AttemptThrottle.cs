using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Portal.Passwords;

/// <param name="PerAddress">Failed attempts of one address (IPv4 address, IPv6 /64) per window; also counted for each name.</param>
/// <param name="PerNetwork">Failed attempts of one network (IPv4 /24, IPv6 /48) per window.</param>
/// <param name="Window">Time in which spent attempts come back in full.</param>
public sealed record AttemptLimits(int PerAddress, int PerNetwork, TimeSpan Window);

/// <summary>
/// Limits failed attempts per address and per network with token buckets. Addresses are hashed (with the process's random seed)
/// into a fixed number of buckets, so memory is constant whoever calls; two that share a bucket share its limit.
/// An attempt is taken before the work and given back when it succeeded, so parallel guesses cannot overrun the limit.
/// </summary>
public sealed class AttemptThrottle(AttemptLimits limits, TimeProvider time)
{
    private const int Buckets = 1 << 16;

    private const int MistypedPerAddress = 2;

    private const int MistypedPerNetwork = 10;

    private readonly Bucket[] addresses = new Bucket[Buckets];
    private readonly Bucket[] networks = new Bucket[Buckets];
    private readonly Bucket[] names = new Bucket[Buckets];
    private readonly Lock gate = new();

    /// <returns>False when the address or its network has no attempt left. An address that is not known is nobody's, and not counted.</returns>
    public bool TryTake(IPAddress? ip)
    {
        if (ip is null)
            return true;
        var (address, network) = Slots(ip);
        var now = time.GetTimestamp();
        lock (gate)
        {
            Refill(ref addresses[address], limits.PerAddress, now);
            Refill(ref networks[network], limits.PerNetwork, now);
            if (addresses[address].Spent > limits.PerAddress - 1 || networks[network].Spent > limits.PerNetwork - 1)
                return false;
            addresses[address].Spent++;
            networks[network].Spent++;
            return true;
        }
    }

    public void GiveBack(IPAddress? ip)
    {
        if (ip is null)
            return;
        var (address, network) = Slots(ip);
        lock (gate)
        {
            addresses[address].Spent = Math.Max(0, addresses[address].Spent - 1);
            networks[network].Spent = Math.Max(0, networks[network].Spent - 1);
        }
    }

    /// <summary>A password for this name was wrong, whether or not there is such an account.</summary>
    public void NoteWrong(string? name)
    {
        var now = time.GetTimestamp();
        lock (gate)
        {
            ref var bucket = ref names[NameSlot(name)];
            Refill(ref bucket, limits.PerAddress, now);
            bucket.Spent = Math.Min(bucket.Spent + 1, limits.PerAddress);
        }
    }

    /// <summary>
    /// Whether the address, its network or the name failed more often lately than people do who mistype: not refused, but served
    /// after the others. To be asked while the attempt itself is taken. It does not tell whether there is such an account.
    /// </summary>
    public bool IsSuspect(IPAddress? ip, string? name)
    {
        var (address, network) = Slots(ip);
        var now = time.GetTimestamp();
        lock (gate)
        {
            ref var failures = ref names[NameSlot(name)];
            Refill(ref failures, limits.PerAddress, now);
            return addresses[address].Spent > 1 + MistypedPerAddress || networks[network].Spent > 1 + MistypedPerNetwork
                || failures.Spent > MistypedPerAddress;
        }
    }

    private void Refill(ref Bucket bucket, int capacity, long now)
    {
        var share = time.GetElapsedTime(bucket.At, now) / limits.Window;
        bucket.Spent = Math.Max(0, bucket.Spent - (share * capacity));
        bucket.At = now;
    }

    private static (int Address, int Network) Slots(IPAddress? ip)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        if (ip is { IsIPv4MappedToIPv6: true })
            ip = ip.MapToIPv4();
        if (ip is null || !ip.TryWriteBytes(bytes, out _))
            return (0, 0);
        return ip.AddressFamily == AddressFamily.InterNetwork
            ? (Slot(bytes[..4]), Slot(bytes[..3]))
            : (Slot(bytes[..8]), Slot(bytes[..6]));
    }

    private static int NameSlot(string? name) => string.GetHashCode(name?.Trim(), StringComparison.OrdinalIgnoreCase) & (Buckets - 1);

    private static int Slot(ReadOnlySpan<byte> bytes)
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode() & (Buckets - 1);
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Bucket
    {
        public double Spent;
        public long At;
    }
}
