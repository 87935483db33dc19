using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Portal.Smime;

/// <summary>
/// Encrypts content keys to one key on P-256 or P-384: ephemeral-static ECDH (RFC 5753 section 3.1, RFC 8551 section 2.3) with the X9.63
/// key derivation on SHA-256, then AES-256 key wrap. Each content key gets an ephemeral key of its own.
/// </summary>
internal sealed class KeyAgreement(ECParameters key)
{
    public const string Aes256WrapOid = "2.16.840.1.101.3.4.1.45";

    private const string P256Oid = "1.2.840.10045.3.1.7";
    private const string P384Oid = "1.3.132.0.34";

    // One block of SHA-256 is the whole key.
    private const int KeyLength = SHA256.HashSizeInBytes;

    private static readonly byte[] SharedInfo = WriteSharedInfo();

    private readonly ReadyKey<ECDiffieHellman> ready = new(() => ECDiffieHellman.Create(key));

    /// <summary>The curve of a certificate's algorithm parameters, when keys on it can be sealed to (RFC 5480 section 2.1.1).</summary>
    public static ECCurve? CurveOf(byte[] parameters)
    {
        var reader = new AsnReader(parameters, AsnEncodingRules.DER);
        if (!reader.HasData || !reader.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier))
        {
            return null;
        }

        return reader.ReadObjectIdentifier() switch
        {
            P256Oid => ECCurve.NamedCurves.nistP256,
            P384Oid => ECCurve.NamedCurves.nistP384,
            _ => null,
        };
    }

    /// <returns>The ephemeral public key as an uncompressed point, and the wrapped content key.</returns>
    public (byte[] EphemeralPoint, byte[] WrappedKey) Encrypt(byte[] contentKey) => ready.Use(recipient => Encrypt(contentKey, recipient));

    private (byte[] EphemeralPoint, byte[] WrappedKey) Encrypt(byte[] contentKey, ECDiffieHellman recipient)
    {
        using var recipientKey = recipient.PublicKey;
        using var ephemeral = ECDiffieHellman.Create(key.Curve);
        var secret = ephemeral.DeriveRawSecretAgreement(recipientKey);
        var keyEncryptionKey = GC.AllocateUninitializedArray<byte>(KeyLength, pinned: true);
        try
        {
            Derive(secret, SharedInfo, keyEncryptionKey);
            var point = ephemeral.ExportParameters(includePrivateParameters: false).Q;
            return ([4, .. point.X!, .. point.Y!], KeyWrap.Wrap(keyEncryptionKey, contentKey));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(keyEncryptionKey);
        }
    }

    /// <summary>The first block of the X9.63 key derivation function (SEC 1 section 3.6.1).</summary>
    internal static void Derive(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> sharedInfo, Span<byte> derived)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(secret);
        hash.AppendData([0, 0, 0, 1]);
        hash.AppendData(sharedInfo);
        hash.GetHashAndReset(derived);
    }

    // ECC-CMS-SharedInfo, RFC 5753 section 7.2: the wrap algorithm without parameters, no ukm, the key's length in bits.
    private static byte[] WriteSharedInfo()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Aes256WrapOid);
            }

            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2)))
            {
                writer.WriteOctetString([0, 0, 1, 0]);
            }
        }

        return writer.Encode();
    }
}
