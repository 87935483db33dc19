using System.Security.Cryptography;
using System.Text;

namespace Portal.Smime;

/// <summary>Either certificates, in the order of the input, or the reason why there are none.</summary>
public sealed record CertificateReadResult(IReadOnlyList<MailCertificate> Certificates, CertificateFinding? Refusal)
{
    /// <summary>The one to seal for when the input holds a chain: the first that is no certification authority, else the first.</summary>
    public MailCertificate? EndEntity => Personal.Count > 0 ? Personal[0] : null;

    /// <summary>Those that are no certification authority's, each once; when all are, the first.</summary>
    public IReadOnlyList<MailCertificate> Personal { get; } = Certificates.Any(static one => !one.Traits.IsCa)
        ? [.. Certificates.Where(static one => !one.Traits.IsCa).DistinctBy(static one => one.FingerprintSha256, StringComparer.Ordinal)]
        : [.. Certificates.Take(1)];
}

/// <summary>Reads what a user uploads as a certificate, and refuses private keys before anything else.</summary>
public static class CertificateReader
{
    /// <summary>Largest input, in characters or bytes.</summary>
    public const int MaximumInput = 256 * 1024;

    /// <summary>Most certificates in one input.</summary>
    public const int MaximumCertificates = 16;

    /// <summary>
    /// Reads PEM text (one or more certificates or PKCS#7 bundles, other text around them ignored) or, when that is null or empty, DER of
    /// a certificate or of a bundle.
    /// </summary>
    public static CertificateReadResult Read(string? pem, ReadOnlyMemory<byte> der)
    {
        if (pem is { Length: > MaximumInput } || der.Length > MaximumInput)
        {
            return Unparsable("This is far too large for a certificate. Upload the certificate alone, as a PEM or DER file.");
        }

        // A PEM file uploaded as a file arrives as bytes; DER has control characters and high bytes from the start.
        var text = string.IsNullOrWhiteSpace(pem) && Ascii.IsValid(der.Span[..Math.Min(der.Length, 64)]) && !der.Span[..Math.Min(der.Length, 64)].ContainsAnyInRange((byte)0, (byte)8)
            ? Encoding.Latin1.GetString(der.Span)
            : pem;
        return string.IsNullOrWhiteSpace(text) ? ReadBinary(der) : ReadText(text);
    }

    private static CertificateReadResult ReadText(string text)
    {
        if (PrivateKeyDetector.IsInText(text))
        {
            return PrivateKey();
        }

        var blocks = 0;
        var found = new List<MailCertificate>();
        for (var rest = text.AsMemory(); PemEncoding.TryFind(rest.Span, out var block); rest = rest[block.Location.End..])
        {
            blocks++;
            var bytes = new byte[block.DecodedDataLength];
            if (!Convert.TryFromBase64Chars(rest.Span[block.Base64Data], bytes, out _) || PrivateKeyDetector.IsInBinary(bytes))
            {
                return PrivateKey();
            }

            // RFC 7468 sections 5 and 8; OpenSSL writes PKCS7, others CMS or the long form.
            var (isCertificate, isBundle) = (
                rest.Span[block.Label] is "CERTIFICATE" or "X509 CERTIFICATE",
                rest.Span[block.Label] is "PKCS7" or "CMS" or "PKCS #7 SIGNED DATA");
            if ((isCertificate || isBundle) && !TryAdd(bytes, isBundle, found))
            {
                return Unparsable("The text has a certificate block that cannot be read. It may be cut off; export the certificate again and paste all of it.");
            }
        }

        if (found.Count > 0)
        {
            return new CertificateReadResult(found, null);
        }

        return blocks == 0 && PrivateKeyDetector.TryDecode(text) is { } binary
            ? ReadBinary(binary)
            : Unparsable("There is no certificate in this text. Paste the block from “-----BEGIN CERTIFICATE-----” to “-----END CERTIFICATE-----”.");
    }

    private static CertificateReadResult ReadBinary(ReadOnlyMemory<byte> der)
    {
        if (PrivateKeyDetector.IsInBinary(der))
        {
            return PrivateKey();
        }

        var found = new List<MailCertificate>();
        if (!TryAdd(der, isBundle: CertificateBundle.TryRead(der) is not null, found))
        {
            return Unparsable("This is not a certificate that can be read. Upload an X.509 certificate as a PEM (.pem, .crt), DER (.cer, .der) or PKCS#7 (.p7b, .p7c) file.");
        }

        return found.Count > 0 ? new CertificateReadResult(found, null) : Unparsable("There is no certificate in this bundle. Export it again with the certificate in it.");
    }

    /// <returns>False when something in it cannot be read, or there is too much.</returns>
    private static bool TryAdd(ReadOnlyMemory<byte> der, bool isBundle, List<MailCertificate> found)
    {
        var encoded = isBundle ? CertificateBundle.TryRead(der) : [der];
        if (encoded is null || found.Count + encoded.Count > MaximumCertificates)
        {
            return false;
        }

        foreach (var one in encoded)
        {
            if (!MailCertificate.TryParse(one, out var certificate))
            {
                return false;
            }

            found.Add(certificate);
        }

        return true;
    }

    private static CertificateReadResult Unparsable(string message) => new([], new CertificateFinding(CertificateCodes.Unparsable, message));

    private static CertificateReadResult PrivateKey() => new([], new CertificateFinding(
        CertificateCodes.PrivateKeyInClear,
        "This holds a private key. It was refused and not stored: whoever has it can read your mail. Upload the certificate alone; if this key has travelled over a network you do not trust, make a new one."));
}
