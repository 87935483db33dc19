using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Portal.Smime.Tests.Support;

/// <summary>A certificate with its private key.</summary>
internal sealed record TestIdentity(MailCertificate Certificate, AsymmetricAlgorithm Key)
{
    public RSA PrivateKey => (RSA)Key;

    public string CertificatePem => Certificate.ToPem();

    public string PrivateKeyPem => Key.ExportPkcs8PrivateKeyPem();

    /// <summary>A .p12 file in the older form, which gpgsm 2.2 wants; every program here reads it.</summary>
    public byte[] ToPkcs12(string password)
    {
        using var certificate = ToX509();
        using var whole = Key is RSA rsa ? certificate.CopyWithPrivateKey(rsa) : certificate.CopyWithPrivateKey((ECDsa)Key);
        return whole.ExportPkcs12(Pkcs12ExportPbeParameters.Pkcs12TripleDesSha1, password);
    }

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

    /// <summary>On P-256.</summary>
    public static TestIdentity Curve256 { get; } = MakeCurve("first@vault.example", ECCurve.NamedCurves.nistP256);

    /// <summary>On P-384.</summary>
    public static TestIdentity Curve384 { get; } = MakeCurve("second@vault.example", ECCurve.NamedCurves.nistP384);

    public static ECDiffieHellman Portal => PortalKeyPair.Value;

    public static ReadOnlyMemory<byte> PortalSpki { get; } = PortalKeyPair.Value.ExportSubjectPublicKeyInfo();

    /// <summary>Keys for certificates whose making takes longer than what is tested.</summary>
    public static RSA Rsa { get; } = RSA.Create(2048);

    public static RSA IssuerRsa { get; } = RSA.Create(2048);

    public static RSA SmallRsa { get; } = RSA.Create(1024);

    public static ECDsa Elliptic { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static TestIdentity Make(string address, int bits)
    {
        var key = RSA.Create(bits);
        var builder = new CertificateBuilder { Address = address, Subject = $"CN={address}" };
        return new TestIdentity(builder.Build(key), key);
    }

    public static TestIdentity MakeCurve(string address, ECCurve curve)
    {
        var key = ECDsa.Create(curve);
        var builder = new CertificateBuilder { Address = address, Subject = $"CN={address}", Usage = X509KeyUsageFlags.KeyAgreement | X509KeyUsageFlags.DigitalSignature };
        return new TestIdentity(builder.Build(key), key);
    }
}
