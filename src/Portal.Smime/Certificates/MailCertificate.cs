using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Portal.Smime;

/// <summary>
/// An X.509 certificate, read once; immutable, only public data. Worth keeping between messages: it holds its key ready for use.
/// </summary>
public sealed class MailCertificate
{
    private MailCertificate(CertificateTraits traits, CertificateKey key, ReadOnlyMemory<byte> issuerName, ReadOnlyMemory<byte> serialNumber)
    {
        Traits = traits;
        IssuerName = issuerName;
        SerialNumber = serialNumber;
        KeyTransport = key.Rsa is { } rsa ? new KeyTransport(rsa) : null;
        KeyAgreement = key.Curve is { } curve ? new KeyAgreement(curve) : null;
    }

    /// <summary>The certificate as it came, DER.</summary>
    public required ReadOnlyMemory<byte> Der { get; init; }

    /// <summary>SHA-256 over <see cref="Der"/>, lower-case hex.</summary>
    public required string FingerprintSha256 { get; init; }

    /// <summary>Key algorithm and size for people, e.g. <c>RSA 3072</c> or <c>EC P-256</c>.</summary>
    public required string Algorithm { get; init; }

    public required KeyFamily Family { get; init; }

    /// <summary>Key size in bits; 0 when unknown.</summary>
    public required int KeySize { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>Subject as a distinguished name, for people.</summary>
    public required string Subject { get; init; }

    /// <summary>Issuer as a distinguished name, for people.</summary>
    public required string Issuer { get; init; }

    /// <summary>Addresses named by the certificate (RFC 8550 section 3), as written there.</summary>
    public required IReadOnlyList<string> Emails { get; init; }

    internal CertificateTraits Traits { get; }

    /// <summary>The complete DER value of the issuer, as it stands in the certificate.</summary>
    internal ReadOnlyMemory<byte> IssuerName { get; }

    /// <summary>The complete DER value of the serial number.</summary>
    internal ReadOnlyMemory<byte> SerialNumber { get; }

    /// <summary>The value of the subjectKeyIdentifier extension (RFC 5280 section 4.2.1.2); null when there is none.</summary>
    internal ReadOnlyMemory<byte>? KeyIdentifier { get; private init; }

    /// <summary>Null unless <see cref="Family"/> is RSA.</summary>
    internal KeyTransport? KeyTransport { get; }

    /// <summary>Null unless the key is on P-256 or P-384.</summary>
    internal KeyAgreement? KeyAgreement { get; }

    /// <summary>PEM with label CERTIFICATE, LF line ends.</summary>
    public string ToPem() => PemEncoding.WriteString("CERTIFICATE", Der.Span) + "\n";

    /// <summary>Reads one certificate from DER; false when it is none.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out MailCertificate? certificate)
    {
        try
        {
            certificate = Parse(der.ToArray());
            return true;
        }
        catch (Exception error) when (error is CryptographicException or AsnContentException or ArgumentException or OverflowException)
        {
            certificate = null;
            return false;
        }
    }

    private static MailCertificate Parse(byte[] der)
    {
        // RFC 5280 section 4.1. The issuer and serial number are kept byte for byte: readers compare them so.
        var outer = new AsnReader(der, AsnEncodingRules.BER);
        var signed = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var body = signed.ReadSequence();
        if (body.PeekTag().HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, 0)))
        {
            body.ReadEncodedValue();
        }

        var serial = body.ReadEncodedValue();
        body.ReadSequence();
        var issuer = body.ReadEncodedValue();
        ThrowUnlessDer(serial, issuer);

        using var x509 = X509CertificateLoader.LoadCertificate(der);
        if (x509.Version is < 1 or > 3)
        {
            throw new CryptographicException("A certificate has version 1 to 3.");
        }

        var key = CertificateKey.Read(x509);
        return new MailCertificate(CertificateTraits.Read(x509, key.Family), key, issuer, serial)
        {
            Der = der,
            FingerprintSha256 = Convert.ToHexStringLower(SHA256.HashData(der)),
            Algorithm = key.Algorithm,
            Family = key.Family,
            KeySize = key.Size,
            NotBefore = new DateTimeOffset(x509.NotBefore).ToUniversalTime(),
            NotAfter = new DateTimeOffset(x509.NotAfter).ToUniversalTime(),
            Subject = x509.Subject,
            Issuer = x509.Issuer,
            Emails = CertificateEmails.Read(x509),
            KeyIdentifier = x509.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault()?.SubjectKeyIdentifierBytes,
        };
    }

    // They are written into messages, which are DER: a certificate in BER is read, but not with these two in it.
    private static void ThrowUnlessDer(ReadOnlyMemory<byte> serial, ReadOnlyMemory<byte> issuer)
    {
        new AsnReader(serial, AsnEncodingRules.DER).ReadIntegerBytes();
        new AsnReader(issuer, AsnEncodingRules.DER).ReadSequence();
    }
}
