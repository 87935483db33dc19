using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Portal.Databases;

namespace Portal.Web.InstallationKeys;

/// <summary>The certificate of a portal that was given none: for localhost and this machine's name, with its key in one file of mode 0600.</summary>
internal static class SelfSignedTls
{
    /// <summary>The longest that Apple's clients accept.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(825);

    private static readonly TimeSpan RenewedBefore = TimeSpan.FromDays(30);

    /// <returns>Path of the PEM file with certificate and key.</returns>
    public static string EnsureFile(string directory, TimeProvider time)
    {
        PrivateFile.CreateDirectory(directory);
        var file = Path.Combine(directory, "tls-self-signed.pem");
        if (!File.Exists(file))
            PrivateFile.TryCreate(file, Make(time));
        else if (IsEnding(file, time))
            PrivateFile.Replace(file, Make(time));
        return file;
    }

    private static bool IsEnding(string file, TimeProvider time)
    {
        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(file));
        return certificate.NotAfter.ToUniversalTime() - RenewedBefore < time.GetUtcNow().UtcDateTime;
    }

    private static byte[] Make(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var machine = Dns.GetHostName();
        var request = new CertificateRequest($"CN={machine}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(Names(machine));
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now + Lifetime);
        return Encoding.ASCII.GetBytes($"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
    }

    private static X509Extension Names(string machine)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        if (!string.Equals(machine, "localhost", StringComparison.OrdinalIgnoreCase))
            names.AddDnsName(machine);
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        return names.Build();
    }
}
