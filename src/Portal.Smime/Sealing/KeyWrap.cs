using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Portal.Smime;

/// <summary>AES key wrap without padding (RFC 3394 section 2.2.1), on .NET's AES.</summary>
internal static class KeyWrap
{
    private const int Half = 8;
    private const int Rounds = 6;
    private const ulong InitialValue = 0xa6a6a6a6a6a6a6a6;

    /// <param name="contentKey">A multiple of 8 bytes, at least 16.</param>
    /// <returns>8 bytes more than the key.</returns>
    public static byte[] Wrap(byte[] keyEncryptionKey, ReadOnlySpan<byte> contentKey)
    {
        var wrapped = new byte[Half + contentKey.Length];
        contentKey.CopyTo(wrapped.AsSpan(Half));
        var check = InitialValue;
        Span<byte> block = stackalloc byte[2 * Half];
        using var aes = Aes.Create();
        aes.Key = keyEncryptionKey;
        var step = 0ul;
        for (var round = 0; round < Rounds; round++)
        {
            for (var at = Half; at < wrapped.Length; at += Half)
            {
                BinaryPrimitives.WriteUInt64BigEndian(block, check);
                wrapped.AsSpan(at, Half).CopyTo(block[Half..]);
                aes.EncryptEcb(block, block, PaddingMode.None);
                check = BinaryPrimitives.ReadUInt64BigEndian(block) ^ ++step;
                block[Half..].CopyTo(wrapped.AsSpan(at));
            }
        }

        CryptographicOperations.ZeroMemory(block);
        BinaryPrimitives.WriteUInt64BigEndian(wrapped, check);
        return wrapped;
    }
}
