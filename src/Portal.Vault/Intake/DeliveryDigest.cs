using System.Buffers;
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
}
