using System.Security.Cryptography;

namespace Portal.Smime.Tests.Support;

/// <summary>HPKE base mode, receiver side, written from RFC 9180 apart from the library's sender.</summary>
internal static class HpkeOpener
{
    private static readonly byte[] Kem = [.. "KEM"u8, 0x00, 0x10];

    public static byte[] Open(ECDiffieHellman recipient, ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> info, ReadOnlySpan<byte> aad, int keyLength)
    {
        var enc = sealedBytes[..65].ToArray();
        using var ephemeral = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = enc[1..33], Y = enc[33..] },
        });
        using var ephemeralKey = ephemeral.PublicKey;
        var dh = recipient.DeriveRawSecretAgreement(ephemeralKey);
        var own = recipient.ExportParameters(false).Q;
        byte[] kemContext = [.. enc, 0x04, .. own.X!, .. own.Y!];
        var shared = Expand(Kem, Extract(Kem, [], "eae_prk", dh), "shared_secret", kemContext, 32);

        byte[] suite = [.. "HPKE"u8, 0x00, 0x10, 0x00, 0x01, 0x00, (byte)(keyLength == 16 ? 1 : 2)];
        byte[] context = [0, .. Extract(suite, [], "psk_id_hash", []), .. Extract(suite, [], "info_hash", info.ToArray())];
        var secret = Extract(suite, shared, "secret", []);
        using var gcm = new AesGcm(Expand(suite, secret, "key", context, keyLength), 16);
        var plaintext = new byte[sealedBytes.Length - 65 - 16];
        gcm.Decrypt(Expand(suite, secret, "base_nonce", context, 12), sealedBytes[65..^16], sealedBytes[^16..], plaintext, aad);
        return plaintext;
    }

    private static byte[] Extract(byte[] suite, byte[] salt, string label, byte[] material) =>
        HKDF.Extract(HashAlgorithmName.SHA256, [.. "HPKE-v1"u8, .. suite, .. System.Text.Encoding.ASCII.GetBytes(label), .. material], salt);

    private static byte[] Expand(byte[] suite, byte[] key, string label, byte[] info, int length) =>
        HKDF.Expand(HashAlgorithmName.SHA256, key, length, [0, (byte)length, .. "HPKE-v1"u8, .. suite, .. System.Text.Encoding.ASCII.GetBytes(label), .. info]);
}
