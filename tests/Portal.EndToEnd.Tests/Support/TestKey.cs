using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Portal.EndToEnd.Tests.Support;

/// <summary>A key pair of somebody who brings a certificate of their own.</summary>
public sealed class TestKey
{
    public TestKey(string address)
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest($"CN={address}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyEncipherment, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        CertificatePem = certificate.ExportCertificatePem();
        PrivateKeyPem = rsa.ExportPkcs8PrivateKeyPem();
    }

    public string CertificatePem { get; }

    public string PrivateKeyPem { get; }
}
