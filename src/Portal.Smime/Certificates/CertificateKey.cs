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
                using (var rsa = x509.GetRSAPublicKey() ?? throw new CryptographicException("No RSA key."))
                {
                    var key = rsa.ExportParameters(includePrivateParameters: false);
                    return IsSane(key)
                        ? (KeyFamily.Rsa, rsa.KeySize, $"RSA {rsa.KeySize}", key)
                        : (KeyFamily.Other, rsa.KeySize, $"RSA {rsa.KeySize} with a broken exponent", null);
                }

            case EcPublicKey:
                return ReadCurve(x509);

            default:
                return (KeyFamily.Other, 0, x509.PublicKey.Oid.FriendlyName ?? x509.GetKeyAlgorithm(), null);
        }
    }

    // An exponent of 1 would write the content key in clear into the message; an even one is no RSA key at all.
    private static bool IsSane(RSAParameters key)
    {
        var exponent = key.Exponent.AsSpan().TrimStart((byte)0);
        return exponent.Length > 0 && (exponent[^1] & 1) == 1 && (exponent.Length > 1 || exponent[0] > 1)
            && key.Modulus is { Length: > 0 } modulus && (modulus[^1] & 1) == 1;
    }

    private static (KeyFamily Family, int Size, string Algorithm, RSAParameters? Rsa) ReadCurve(X509Certificate2 x509)
    {
        using var ec = x509.GetECDsaPublicKey();
        var name = ec?.ExportParameters(includePrivateParameters: false).Curve.Oid?.FriendlyName;
        return (KeyFamily.EllipticCurve, ec?.KeySize ?? 0, "EC " + name?.Replace("nistP", "P-", StringComparison.Ordinal).Replace("ECDSA_P", "P-", StringComparison.Ordinal), null);
    }
}
