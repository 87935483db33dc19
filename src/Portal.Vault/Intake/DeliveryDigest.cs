using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Vault.Intake;

/// <summary>
/// Tells a retried delivery from a new one: HMAC-SHA-256 under an installation key over envelope sender, recipient and content, so
/// that the table says nothing about mail to whoever reads it without the key.
/// </summary>
public sealed class DeliveryDigest(ReadOnlyMemory<byte> key)
{
    /// <summary>How long a sender may take to try again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(5);

    private const int AttemptLength = 16;

    /// <returns>32 bytes.</returns>
    internal byte[] Of(string sender, string recipient, in ReadOnlySequence<byte> content)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Span);
        hmac.AppendData(Encoding.UTF8.GetBytes(sender));
        hmac.AppendData([0]);
        hmac.AppendData(Encoding.UTF8.GetBytes(recipient));
        hmac.AppendData([0]);
        foreach (var segment in content)
            hmac.AppendData(segment.Span);
        return hmac.GetHashAndReset();
    }

    /// <summary>
    /// Tells tries that are likely of one message: HMAC over the network that asks (IPv4 /24, IPv6 /48: large senders try again from a
    /// neighbour), envelope sender and recipient. Of the content nothing, for it is not there yet at RCPT.
    /// </summary>
    /// <returns>16 bytes.</returns>
    public byte[] OfAttempt(IPAddress peer, string sender, string recipient)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Span);
        hmac.AppendData("attempt"u8);
        hmac.AppendData([0]);
        hmac.AppendData(NetworkOf(peer));
        hmac.AppendData(Encoding.UTF8.GetBytes(sender.ToLowerInvariant()));
        hmac.AppendData([0]);
        hmac.AppendData(Encoding.UTF8.GetBytes(recipient.ToLowerInvariant()));
        return hmac.GetHashAndReset()[..AttemptLength];
    }

    private static byte[] NetworkOf(IPAddress peer)
    {
        var octets = (peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer).GetAddressBytes();
        return octets[..(octets.Length == 4 ? 3 : 6)];
    }
}
