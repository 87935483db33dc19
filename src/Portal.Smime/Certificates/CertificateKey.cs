using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Portal.Smime;

internal static class CertificateKey
{
    private const string RsaEncryption = "1.2.840.113549.1.1.1";
    private const string EcPublicKey = "1.2.840.10045.2.1";

    public static (KeyFamily Family, int Size, string Algorithm, RSAParameters? Rsa) Read(X509Certificate2 x509)
    {
        switch (x509.GetKeyAlgorithm())
        {
            case RsaEncryption:
                return ReadRsa(x509.PublicKey.EncodedKeyValue.RawData);

            case EcPublicKey:
                return ReadCurve(x509);

            default:
                return (KeyFamily.Other, 0, x509.PublicKey.Oid.FriendlyName ?? x509.GetKeyAlgorithm(), null);
        }
    }

    // RSAPublicKey, RFC 8017 appendix A.1.1.
    private static (KeyFamily Family, int Size, string Algorithm, RSAParameters? Rsa) ReadRsa(byte[] encoded)
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
        return IsSane(key) ? (KeyFamily.Rsa, size, $"RSA {size}", key) : (KeyFamily.Other, size, $"RSA {size} with a broken exponent", null);
    }

    // An exponent of 1 would write the content key in clear into the message; an even one is no RSA key at all.
    private static bool IsSane(RSAParameters key)
    {
        var exponent = key.Exponent!;
        return (exponent[^1] & 1) == 1 && (exponent.Length > 1 || exponent[0] > 1) && (key.Modulus![^1] & 1) == 1;
    }

    private static (KeyFamily Family, int Size, string Algorithm, RSAParameters? Rsa) ReadCurve(X509Certificate2 x509)
    {
        using var ec = x509.GetECDsaPublicKey();
        var name = ec?.ExportParameters(includePrivateParameters: false).Curve.Oid?.FriendlyName;
        return (KeyFamily.EllipticCurve, ec?.KeySize ?? 0, "EC " + name?.Replace("nistP", "P-", StringComparison.Ordinal).Replace("ECDSA_P", "P-", StringComparison.Ordinal), null);
    }
}
