using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Portal.Smime;

/// <summary>
/// HPKE base mode, sender side, one message (RFC 9180): DHKEM(P-256, HKDF-SHA256) 0x0010, HKDF-SHA256 0x0001, and AES-GCM with a
/// 256-bit key 0x0002 (the RFC's own vectors also use the 128-bit one, 0x0001).
/// </summary>
internal static class Hpke
{
    /// <summary>Length of an encapsulated key: an uncompressed P-256 point.</summary>
    public const int EncapsulatedLength = 65;

    /// <summary>Length of the AES-GCM tag.</summary>
    public const int TagLength = 16;

    private const int HashLength = 32;
    private const int NonceLength = 12;

    private static ReadOnlySpan<byte> KemSuite => [(byte)'K', (byte)'E', (byte)'M', 0x00, 0x10];

    /// <summary>RFC 9180 section 6.1, SealBase with a fresh ephemeral key.</summary>
    /// <param name="output">Receives enc ‖ ciphertext ‖ tag.</param>
    public static void Seal(PortalKey recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> plaintext, Span<byte> output)
    {
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        Seal(ephemeral, recipient, info, aad, plaintext, output, keyLength: 32);
    }

    internal static void Seal(
        ECDiffieHellman ephemeral, PortalKey recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> plaintext, Span<byte> output, int keyLength)
    {
        Span<byte> shared = stackalloc byte[HashLength];
        Span<byte> keyAndNonce = stackalloc byte[keyLength + NonceLength];
        try
        {
            Encapsulate(ephemeral, recipient, output[..EncapsulatedLength], shared);
            Schedule(shared, info, keyAndNonce, keyLength);
            using var gcm = new AesGcm(keyAndNonce[..keyLength], TagLength);
            var ciphertext = output.Slice(EncapsulatedLength, plaintext.Length);
            gcm.Encrypt(keyAndNonce[keyLength..], plaintext, ciphertext, output.Slice(EncapsulatedLength + plaintext.Length, TagLength), aad);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(shared);
            CryptographicOperations.ZeroMemory(keyAndNonce);
        }
    }

    // Section 4.1, Encap.
    private static void Encapsulate(ECDiffieHellman ephemeral, PortalKey recipient, Span<byte> enc, Span<byte> shared)
    {
        Span<byte> context = stackalloc byte[2 * EncapsulatedLength];
        P256PublicKey.Point(ephemeral.ExportSubjectPublicKeyInfo()).CopyTo(enc);
        enc.CopyTo(context);
        recipient.Point.CopyTo(context[EncapsulatedLength..]);

        var agreed = recipient.Agree(ephemeral);
        Span<byte> extracted = stackalloc byte[HashLength];
        Extract(KemSuite, default, "eae_prk"u8, agreed, extracted);
        Expand(KemSuite, extracted, "shared_secret"u8, context, shared);
        CryptographicOperations.ZeroMemory(agreed);
        CryptographicOperations.ZeroMemory(extracted);
    }

    // Section 5.1, KeySchedule in mode_base.
    private static void Schedule(ReadOnlySpan<byte> shared, ReadOnlySpan<byte> info, Span<byte> keyAndNonce, int keyLength)
    {
        ReadOnlySpan<byte> suite = [(byte)'H', (byte)'P', (byte)'K', (byte)'E', 0x00, 0x10, 0x00, 0x01, 0x00, (byte)(keyLength == 32 ? 2 : 1)];
        Span<byte> context = stackalloc byte[1 + (2 * HashLength)];
        context[0] = 0;
        Extract(suite, default, "psk_id_hash"u8, default, context.Slice(1, HashLength));
        Extract(suite, default, "info_hash"u8, info, context[(1 + HashLength)..]);

        Span<byte> secret = stackalloc byte[HashLength];
        Extract(suite, shared, "secret"u8, default, secret);
        Expand(suite, secret, "key"u8, context, keyAndNonce[..keyLength]);
        Expand(suite, secret, "base_nonce"u8, context, keyAndNonce[keyLength..]);
        CryptographicOperations.ZeroMemory(secret);
    }

    // Section 4, LabeledExtract.
    private static void Extract(ReadOnlySpan<byte> suite, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> label, ReadOnlySpan<byte> material, Span<byte> output)
    {
        Span<byte> labelled = stackalloc byte[7 + suite.Length + label.Length + material.Length];
        Concatenate(labelled, "HPKE-v1"u8, suite, label, material);
        HKDF.Extract(HashAlgorithmName.SHA256, labelled, salt, output);
        CryptographicOperations.ZeroMemory(labelled);
    }

    // Section 4, LabeledExpand.
    private static void Expand(ReadOnlySpan<byte> suite, ReadOnlySpan<byte> key, ReadOnlySpan<byte> label, ReadOnlySpan<byte> info, Span<byte> output)
    {
        Span<byte> labelled = stackalloc byte[2 + 7 + suite.Length + label.Length + info.Length];
        BinaryPrimitives.WriteUInt16BigEndian(labelled, (ushort)output.Length);
        Concatenate(labelled[2..], "HPKE-v1"u8, suite, label, info);
        HKDF.Expand(HashAlgorithmName.SHA256, key, output, labelled);
    }

    private static void Concatenate(Span<byte> target, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, ReadOnlySpan<byte> fourth)
    {
        first.CopyTo(target);
        second.CopyTo(target[first.Length..]);
        third.CopyTo(target[(first.Length + second.Length)..]);
        fourth.CopyTo(target[(first.Length + second.Length + third.Length)..]);
    }
}
