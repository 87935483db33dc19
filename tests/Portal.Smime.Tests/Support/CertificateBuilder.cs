using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Portal.Smime.Tests.Support;

/// <summary>A self-signed certificate that passes every check unless told otherwise.</summary>
internal sealed class CertificateBuilder
{
    public string? Address { get; init; } = "first@vault.example";

    public string Subject { get; init; } = "CN=Test";

    public DateTimeOffset NotBefore { get; init; } = TestKeys.Now.AddDays(-1);

    public DateTimeOffset NotAfter { get; init; } = TestKeys.Now.AddYears(10);

    public X509KeyUsageFlags? Usage { get; init; } = X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DigitalSignature;

    public string? Purpose { get; init; } = "1.3.6.1.5.5.7.3.4";

    public bool IsCa { get; init; }

    public bool HasKeyIdentifier { get; init; } = true;

    public MailCertificate Build(RSA key) => Finish(new CertificateRequest(Subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public MailCertificate Build(ECDsa key) => Finish(new CertificateRequest(Subject, key, key.KeySize > 256 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256));

    /// <summary>Signed by another key under another name.</summary>
    public MailCertificate BuildIssuedBy(PublicKey key, string issuer, RSA issuerKey)
    {
        var request = new CertificateRequest(new X500DistinguishedName(Subject), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        AddExtensions(request);
        using var certificate = request.Create(
            new X500DistinguishedName(issuer), X509SignatureGenerator.CreateForRSA(issuerKey, RSASignaturePadding.Pkcs1), NotBefore, NotAfter, [1, 2, 3, 4]);
        return Parse(certificate);
    }

    private MailCertificate Finish(CertificateRequest request)
    {
        AddExtensions(request);
        if (HasKeyIdentifier)
        {
            request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        }

        using var certificate = request.CreateSelfSigned(NotBefore, NotAfter);
        return Parse(certificate);
    }

    private void AddExtensions(CertificateRequest request)
    {
        if (Address is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("vault.example");
            names.AddEmailAddress(Address);
            request.CertificateExtensions.Add(names.Build());
        }

        if (Usage is { } usage)
        {
            request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        }

        if (Purpose is not null)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(Purpose)], critical: false));
        }

        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(IsCa, false, 0, critical: true));
    }

    private static MailCertificate Parse(X509Certificate2 certificate)
    {
        Assert.True(MailCertificate.TryParse(certificate.RawData, out var parsed));
        return parsed;
    }
}
