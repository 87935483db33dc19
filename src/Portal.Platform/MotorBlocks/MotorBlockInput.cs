using System.Net;
using System.Net.Sockets;
using Portal.Passwords;

namespace Portal.Platform.MotorBlocks;

/// <summary>What people may ask of a motor block, and what they are told when they may not.</summary>
internal static class MotorBlockInput
{
    public const int MostNetworks = 20;
    public const int HighestRateLimit = 100_000;

    public static Outcome<string> ReadLabel(string? label)
    {
        if (label?.Trim() is not { Length: > 0 } text)
            return new Failure("label_missing", "Give the sender a name, so that you recognise it later.");
        if (text.Any(char.IsControl))
            return new Failure("label_malformed", "A sender's name is one line of text.");
        return text.Length > MotorBlockConfiguration.LabelLength
            ? new Failure("label_too_long", $"A sender's name has at most {MotorBlockConfiguration.LabelLength} characters.")
            : text;
    }

    public static Failure? RefuseRateLimit(int limit) => limit is >= 1 and <= HighestRateLimit
        ? null
        : new Failure("rate_limit_out_of_range", $"The limit is from 1 to {HighestRateLimit} messages an hour.");

    public static Failure? RefuseExpiry(DateTimeOffset expiresAt, DateTimeOffset now) => expiresAt > now
        ? null
        : new Failure("expiry_in_the_past", "The time at which the sender expires has passed already.");

    public static Failure? RefuseOverlap(int minutes) => minutes >= 0 && TimeSpan.FromMinutes(minutes) <= PasswordPair.LongestOverlap
        ? null
        : new Failure(
            "overlap_out_of_range", $"The old password stays good for 0 to {PasswordPair.LongestOverlap.TotalMinutes:0} minutes (30 days).");

    /// <param name="networks">As <c>192.0.2.0/24</c> or <c>2001:db8::/32</c>; an address alone stands for itself.</param>
    /// <returns>Each once; none for an empty list: anywhere.</returns>
    public static Outcome<IPNetwork[]> ReadNetworks(IReadOnlyCollection<string> networks)
    {
        if (networks.Count > MostNetworks)
            return new Failure("too_many_networks", $"A sender can be bound to at most {MostNetworks} networks.");
        var read = new List<IPNetwork>();
        foreach (var text in networks)
        {
            var network = ReadNetwork(text?.Trim() ?? "");
            if (!network.Succeeded)
                return network.Failure;
            if (!read.Contains(network.Value))
                read.Add(network.Value);
        }

        return read.ToArray();
    }

    private static Outcome<IPNetwork> ReadNetwork(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? text : text[..slash];
        if (!IPAddress.TryParse(first, out var address) || !IsPlain(address, first))
            return Malformed(text);
        var most = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var prefix = most;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out prefix) || prefix > most))
            return Malformed(text);
        var network = Within(address, prefix);
        return network.BaseAddress.Equals(address)
            ? network
            : new Failure(
                "network_has_host_bits",
                $"“{text}” names one address and a network at once. Write {network} for the network, or {address}/{most} for the address.");
    }

    /// <summary>Old forms (<c>10.1</c>, octal), scopes, and IPv4 within IPv6 are refused: they would not match what was meant.</summary>
    private static bool IsPlain(IPAddress address, string text) => address.AddressFamily == AddressFamily.InterNetwork
        ? string.Equals(address.ToString(), text, StringComparison.Ordinal)
        : !address.IsIPv4MappedToIPv6 && !text.Contains('%', StringComparison.Ordinal);

    private static IPNetwork Within(IPAddress address, int prefix)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(prefix - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xff << (8 - kept));
        }

        return new IPNetwork(new IPAddress(bytes), prefix);
    }

    private static Failure Malformed(string text) => new(
        "network_malformed", $"“{(text.Length > 60 ? text[..60] + "…" : text)}” is no network. Write it as 192.0.2.0/24 or 2001:db8::/32.");
}
