using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Portal.Smime;

/// <summary>The public key of a certificate.</summary>
/// <param name="Size">In bits; 0 when unknown.</param>
/// <param name="Algorithm">For people.</param>
/// <param name="Rsa">Null unless it is an RSA key that can be sealed to.</param>
/// <param name="Curve">Null unless it is a key on a curve that can be sealed to.</param>
internal sealed record CertificateKey(KeyFamily Family, int Size, string Algorithm, RSAParameters? Rsa = null, ECParameters? Curve = null)
{
    private const string RsaEncryption = "1.2.840.113549.1.1.1";
    private const string EcPublicKey = "1.2.840.10045.2.1";

    public static CertificateKey Read(X509Certificate2 x509)
    {
        switch (x509.GetKeyAlgorithm())
        {
            case RsaEncryption:
                return ReadRsa(x509.PublicKey.EncodedKeyValue.RawData);

            case EcPublicKey:
                return ReadCurve(x509);

            default:
                return new CertificateKey(KeyFamily.Other, 0, x509.PublicKey.Oid.FriendlyName ?? x509.GetKeyAlgorithm());
        }
    }

    // RSAPublicKey, RFC 8017 appendix A.1.1.
    private static CertificateKey ReadRsa(byte[] encoded)
    {
        var sequence = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        var modulus = sequence.ReadInteger();
        var exponent = sequence.ReadInteger();
        if (modulus.Sign <= 0 || exponent.Sign <= 0)
        {
            throw new CryptographicException("An RSA key has positive numbers.");
        }

        var key = new RSAParameters { Modulus = modulus.ToByteArray(isUnsigned: true, isBigEndian: true), Exponent = exponent.ToByteArray(isUnsigned: true, isBigEndian: true) };
        var size = (int)modulus.GetBitLength();
        return IsSane(key) ? new CertificateKey(KeyFamily.Rsa, size, $"RSA {size}", key) : new CertificateKey(KeyFamily.Other, size, $"RSA {size} with a broken exponent");
    }

    // An exponent of 1 would write the content key in clear into the message; an even one is no RSA key at all.
    private static bool IsSane(RSAParameters key)
    {
        var exponent = key.Exponent!;
        return (exponent[^1] & 1) == 1 && (exponent.Length > 1 || exponent[0] > 1) && (key.Modulus![^1] & 1) == 1;
    }

    // Other curves are named for people and never sealed to.
    private static CertificateKey ReadCurve(X509Certificate2 x509)
    {
        using var ec = ReadPoint(x509.PublicKey);
        if (ec is null)
        {
            return new CertificateKey(KeyFamily.EllipticCurve, 0, "EC");
        }

        var curve = KeyAgreement.CurveOf(x509.PublicKey.EncodedParameters?.RawData ?? []);
        var key = ec.ExportParameters(includePrivateParameters: false);
        var name = key.Curve.Oid?.FriendlyName?.Replace("nistP", "P-", StringComparison.Ordinal).Replace("ECDSA_P", "P-", StringComparison.Ordinal);
        return new CertificateKey(
            KeyFamily.EllipticCurve, ec.KeySize, $"EC {name ?? "with its own curve"}", Curve: curve is { } named ? new ECParameters { Curve = named, Q = key.Q } : null);
    }

    // Of the key: the certificate itself gives none where its key usage is agreement alone. Null for a curve that is not known here.
    private static ECDsa? ReadPoint(PublicKey key)
    {
        try
        {
            return key.GetECDsaPublicKey();
        }
        catch (PlatformNotSupportedException)
        {
            return null;
        }
    }
}
