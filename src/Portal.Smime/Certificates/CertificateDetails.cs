using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Portal.Smime;

/// <summary>What an expert looks for in a certificate; hex is lower case without separators.</summary>
/// <param name="Serial">Serial number, hex.</param>
/// <param name="FingerprintSha1">Of the DER; what older software shows.</param>
/// <param name="SpkiSha256">SHA-256 of the SubjectPublicKeyInfo: the same key in another certificate has the same.</param>
/// <param name="PublicKey">The SubjectPublicKeyInfo, DER as hex.</param>
/// <param name="KeyUsages">Of the keyUsage extension (RFC 5280 section 4.2.1.3); empty: none stated, so any.</param>
/// <param name="ExtendedUsages">Names, or object identifiers where there is none; empty: none stated.</param>
public sealed record CertificateDetails(
    string Subject,
    string Issuer,
    IReadOnlyList<string> Emails,
    string Serial,
    string SignatureAlgorithm,
    string FingerprintSha256,
    string FingerprintSha1,
    string SpkiSha256,
    string PublicKey,
    IReadOnlyList<string> KeyUsages,
    IReadOnlyList<string> ExtendedUsages,
    bool IsSelfSigned,
    int Version)
{
    private static readonly (X509KeyUsageFlags Flag, string Name)[] Usages =
    [
        (X509KeyUsageFlags.DigitalSignature, "digital signature"),
        (X509KeyUsageFlags.NonRepudiation, "non-repudiation"),
        (X509KeyUsageFlags.KeyEncipherment, "key encipherment"),
        (X509KeyUsageFlags.DataEncipherment, "data encipherment"),
        (X509KeyUsageFlags.KeyAgreement, "key agreement"),
        (X509KeyUsageFlags.KeyCertSign, "certificate signing"),
        (X509KeyUsageFlags.CrlSign, "revocation list signing"),
        (X509KeyUsageFlags.EncipherOnly, "encipher only"),
        (X509KeyUsageFlags.DecipherOnly, "decipher only"),
    ];

    private static readonly Dictionary<string, string> Purposes = new(StringComparer.Ordinal)
    {
        ["1.3.6.1.5.5.7.3.4"] = "e-mail protection",
        ["1.3.6.1.5.5.7.3.2"] = "client authentication",
        ["1.3.6.1.5.5.7.3.1"] = "server authentication",
        ["2.5.29.37.0"] = "any purpose",
    };

    public static CertificateDetails Of(MailCertificate certificate)
    {
        using var x509 = X509CertificateLoader.LoadCertificate(certificate.Der.Span);
        var spki = x509.PublicKey.ExportSubjectPublicKeyInfo();
        return new CertificateDetails(
            certificate.Subject,
            certificate.Issuer,
            certificate.Emails,
            SerialOf(x509),
            x509.SignatureAlgorithm.FriendlyName ?? x509.SignatureAlgorithm.Value ?? string.Empty,
            certificate.FingerprintSha256,
            Sha1(certificate.Der.Span),
            Convert.ToHexStringLower(SHA256.HashData(spki)),
            Convert.ToHexStringLower(spki),
            [.. x509.Extensions.OfType<X509KeyUsageExtension>().SelectMany(e => Usages.Where(u => e.KeyUsages.HasFlag(u.Flag)).Select(u => u.Name))],
            [.. x509.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(e => e.EnhancedKeyUsages.Cast<Oid>()).Select(Purpose)],
            certificate.Traits.IsSelfSigned,
            x509.Version);
    }

    /// <summary>Without the octet that only keeps the number positive, as other software shows it.</summary>
    private static string SerialOf(X509Certificate2 x509)
    {
        var serial = x509.SerialNumber.ToLower(CultureInfo.InvariantCulture);
        return serial.Length > 2 && serial.StartsWith("00", StringComparison.Ordinal) ? serial[2..] : serial;
    }

    private static string Purpose(Oid oid) => Purposes.GetValueOrDefault(oid.Value ?? string.Empty) ?? oid.Value ?? string.Empty;

#pragma warning disable CA5350 // A name by which older software shows a certificate; nothing rests on it.
    private static string Sha1(ReadOnlySpan<byte> der) => Convert.ToHexStringLower(SHA1.HashData(der));
#pragma warning restore CA5350
}
