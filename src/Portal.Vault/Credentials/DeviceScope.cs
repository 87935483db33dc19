using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Portal.Vault.Credentials;

/// <summary>What people type about a device, and what it may be.</summary>
internal static class DeviceScope
{
    public const string DefaultLabel = "New device";

    public const int MostNetworks = 20;

    public static VaultResult<string> Label(string? text)
    {
        var label = text?.Trim() ?? string.Empty;
        if (label.Length == 0)
            return VaultProblem.Invalid("label_missing", "Give the device a name.");
        if (label.Length > DeviceConfiguration.LabelLength)
            return VaultProblem.Invalid("label_too_long", $"A device's name may have {DeviceConfiguration.LabelLength} characters; this has {label.Length}.");
        return label.Any(char.IsControl)
            ? VaultProblem.Invalid("label_malformed", "A device's name is one line of text.")
            : label;
    }

    /// <summary>smtp, imap or both, each once.</summary>
    public static VaultResult<IReadOnlySet<string>> Protocols(IReadOnlyCollection<string>? names)
    {
        var protocols = (names ?? []).ToHashSet(StringComparer.Ordinal);
        if (protocols.Count == 0)
            return VaultProblem.Invalid("protocol_missing", "Choose what the device may do: “imap”, “smtp” or both.");
        return protocols.FirstOrDefault(name => name is not (DeviceProtocols.Smtp or DeviceProtocols.Imap)) is { } unknown
            ? VaultProblem.Invalid("protocol_unknown", $"“{unknown}” is no protocol here. Use “imap”, “smtp” or both.")
            : protocols;
    }

    /// <summary>In UTC, as it is stored; null: it does not expire.</summary>
    public static VaultResult<DateTimeOffset?> Expiry(DateTimeOffset? at, DateTimeOffset now) => at <= now
        ? VaultProblem.Invalid("expiry_past", "The end lies in the past. Choose a later one, or revoke the device.")
        : at?.ToUniversalTime();

    /// <summary>Null for none: from anywhere.</summary>
    public static VaultResult<IPNetwork[]?> Networks(IReadOnlyCollection<string>? texts)
    {
        if (texts is null || texts.Count == 0)
            return new VaultResult<IPNetwork[]?>(null, null);
        if (texts.Count > MostNetworks)
            return VaultProblem.Invalid("networks_too_many", $"A device may be bound to {MostNetworks} networks; these are {texts.Count}.");
        var networks = new List<IPNetwork>(texts.Count);
        foreach (var text in texts)
        {
            var read = Network((text ?? string.Empty).Trim());
            if (!read.Succeeded)
                return read.Problem;
            if (!networks.Contains(read.Value))
                networks.Add(read.Value);
        }

        return networks.ToArray();
    }

    private static VaultResult<IPNetwork> Network(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!TryReadAddress(slash < 0 ? text : text[..slash], out var address))
            return Malformed(text);
        var most = address.GetAddressBytes().Length * 8;
        var length = most;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > most))
            return Malformed(text);
        var start = Masked(address, length);
        return start.Equals(address)
            ? new IPNetwork(address, length)
            : VaultProblem.Invalid("network_host_bits", $"“{text}” is an address in a network, not the network. Did you mean {start}/{length}, or {address}/{most} for that address alone?");
    }

    private static VaultProblem Malformed(string text) =>
        VaultProblem.Invalid("network_malformed", $"“{text}” is no network. Write one as 192.0.2.0/24 or 2001:db8::/32, or an address as 192.0.2.7.");

    /// <summary>Only as addresses are commonly written: 127.1 and 0x7f000001 are addresses too, and never meant.</summary>
    private static bool TryReadAddress(string text, out IPAddress address)
    {
        if (!IPAddress.TryParse(text, out var read))
        {
            address = IPAddress.None;
            return false;
        }

        address = read;
        return read.AddressFamily == AddressFamily.InterNetwork
            ? string.Equals(read.ToString(), text, StringComparison.Ordinal)
            : read is { ScopeId: 0, IsIPv4MappedToIPv6: false } && !text.AsSpan().ContainsAny("[]%");
    }

    private static IPAddress Masked(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(length - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xff00 >> kept);
        }

        return new IPAddress(bytes);
    }
}
