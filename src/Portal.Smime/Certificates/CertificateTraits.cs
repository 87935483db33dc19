using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Portal.Smime;

/// <summary>What the upload checks look at.</summary>
/// <param name="AllowsEncryption">No keyUsage, or one with keyEncipherment (RSA) or keyAgreement (EC): RFC 8550 section 4.4.2, RFC 8813 section 3.</param>
/// <param name="AllowsEmail">No extendedKeyUsage, or one with emailProtection or anyExtendedKeyUsage (RFC 8550 section 4.4.4).</param>
internal sealed record CertificateTraits(bool IsSelfSigned, bool IsCa, bool AllowsEncryption, bool AllowsEmail, bool HasWeakSignature)
{
    private const string EmailProtection = "1.3.6.1.5.5.7.3.4";
    private const string AnyExtendedKeyUsage = "2.5.29.37.0";

    private static readonly HashSet<string> WeakSignatures =
    [
        "1.2.840.113549.1.1.2", "1.2.840.113549.1.1.4", // MD2, MD5 with RSA
        "1.2.840.113549.1.1.5", "1.3.14.3.2.29", "1.2.840.10045.4.1", "1.2.840.10040.4.3", // SHA-1 with RSA (twice), ECDSA, DSA
    ];

    public static CertificateTraits Read(X509Certificate2 x509, KeyFamily family)
    {
        var isCa = false;
        var allowsEncryption = true;
        var allowsEmail = true;
        foreach (var extension in x509.Extensions)
        {
            switch (extension)
            {
                case X509BasicConstraintsExtension constraints:
                    isCa = constraints.CertificateAuthority;
                    break;
                case X509KeyUsageExtension usage:
                    allowsEncryption = usage.KeyUsages.HasFlag(family == KeyFamily.EllipticCurve ? X509KeyUsageFlags.KeyAgreement : X509KeyUsageFlags.KeyEncipherment);
                    break;
                case X509EnhancedKeyUsageExtension purposes:
                    allowsEmail = purposes.EnhancedKeyUsages.Cast<Oid>().Any(static purpose => purpose.Value is EmailProtection or AnyExtendedKeyUsage);
                    break;
            }
        }

        var selfSigned = x509.IssuerName.RawData.AsSpan().SequenceEqual(x509.SubjectName.RawData);
        return new CertificateTraits(selfSigned, isCa, allowsEncryption, allowsEmail, WeakSignatures.Contains(x509.SignatureAlgorithm.Value ?? ""));
    }
}
