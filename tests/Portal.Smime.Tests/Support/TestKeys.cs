using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Portal.Smime.Tests.Support;

/// <summary>A certificate with its private key.</summary>
internal sealed record TestIdentity(MailCertificate Certificate, RSA PrivateKey)
{
    public string CertificatePem => Certificate.ToPem();

    public string PrivateKeyPem => PrivateKey.ExportPkcs8PrivateKeyPem();

    public X509Certificate2 ToX509() => X509CertificateLoader.LoadCertificate(Certificate.Der.Span);
}

/// <summary>Keys made once per run.</summary>
internal static class TestKeys
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 13, 0, 0, 123, TimeSpan.Zero);

    private static readonly Lazy<TestIdentity> FirstIdentity = new(() => Make("first@vault.example", 3072));
    private static readonly Lazy<TestIdentity> SecondIdentity = new(() => Make("second@vault.example", 2048));
    private static readonly Lazy<ECDiffieHellman> PortalKeyPair = new(() => ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256));

    public static TestIdentity First => FirstIdentity.Value;

    public static TestIdentity Second => SecondIdentity.Value;

    public static ECDiffieHellman Portal => PortalKeyPair.Value;

    public static ReadOnlyMemory<byte> PortalSpki { get; } = PortalKeyPair.Value.ExportSubjectPublicKeyInfo();

    /// <summary>Keys for certificates whose making takes longer than what is tested.</summary>
    public static RSA Rsa { get; } = RSA.Create(2048);

    public static RSA IssuerRsa { get; } = RSA.Create(2048);

    public static RSA SmallRsa { get; } = RSA.Create(1024);

    public static ECDsa Elliptic { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static TestIdentity Make(string address, int bits)
    {
        var key = RSA.Create(bits);
        var builder = new CertificateBuilder { Address = address };
        return new TestIdentity(builder.Build(key), key);
    }
}
