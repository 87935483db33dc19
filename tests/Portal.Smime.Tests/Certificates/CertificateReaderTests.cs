using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Certificates;

public sealed class CertificateReaderTests
{
    private static readonly MailCertificate Certificate = TestKeys.First.Certificate;

    public static TheoryData<string> ClearKeys => ["PKCS#8", "PKCS#1", "SEC 1", "EC PKCS#8", "OpenSSH", "OpenPGP", "PKCS#1 encrypted the old way", "certificate then key", "key in a certificate label", "lower case"];

    [Fact]
    public void Read_Pem_GivesTheCertificate()
    {
        var result = CertificateReader.Read("Bag attributes\r\n" + Certificate.ToPem().Replace("\n", "\r\n", StringComparison.Ordinal) + "trailing text", default);
        Assert.Null(result.Refusal);
        var certificate = Assert.Single(result.Certificates);
        Assert.Equal(Certificate.Der.ToArray(), certificate.Der.ToArray());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Certificate.Der.Span)), certificate.FingerprintSha256);
        Assert.Equal("RSA 3072", certificate.Algorithm);
        Assert.Equal(KeyFamily.Rsa, certificate.Family);
        Assert.Equal(3072, certificate.KeySize);
        Assert.Equal(["first@vault.example"], certificate.Emails);
        Assert.Equal(TestKeys.Now.AddDays(-1).ToUnixTimeSeconds(), certificate.NotBefore.ToUnixTimeSeconds());
        Assert.Equal(TestKeys.Now.AddYears(10).ToUnixTimeSeconds(), certificate.NotAfter.ToUnixTimeSeconds());
        Assert.Equal("CN=first@vault.example", certificate.Subject);
    }

    [Fact]
    public void Read_DerOrPemAsBytesOrBareBase64_GivesTheCertificate()
    {
        Assert.Single(CertificateReader.Read(null, Certificate.Der).Certificates);
        Assert.Single(CertificateReader.Read("", Encoding.ASCII.GetBytes(Certificate.ToPem())).Certificates);
        Assert.Single(CertificateReader.Read(Convert.ToBase64String(Certificate.Der.Span, Base64FormattingOptions.InsertLineBreaks), default).Certificates);
    }

    [Fact]
    public void Read_Chain_EndEntityIsTheOneThatIsNoAuthority()
    {
        var authority = new CertificateBuilder { IsCa = true }.Build(TestKeys.Rsa);
        var result = CertificateReader.Read(authority.ToPem() + Certificate.ToPem(), default);
        Assert.Equal(2, result.Certificates.Count);
        Assert.Equal(Certificate.FingerprintSha256, result.EndEntity!.FingerprintSha256);
    }

    [Fact]
    public void Read_AddressesOfEveryKind_AreFound()
    {
        Assert.Equal(["a@x.example", "b@x.example"], new CertificateBuilder { Address = "a@x.example", Subject = "CN=Test, E=b@x.example" }.Build(TestKeys.Rsa).Emails);
        Assert.Empty(new CertificateBuilder { Address = null }.Build(TestKeys.Rsa).Emails);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\n")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")]
    [InlineData("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n")]
    [InlineData("MAA=")]
    public void Read_NoCertificate_IsUnparsable(string text)
    {
        Assert.Equal(CertificateCodes.Unparsable, CertificateReader.Read(text, default).Refusal?.Code);
        Assert.Equal(CertificateCodes.Unparsable, CertificateReader.Read(null, Encoding.ASCII.GetBytes(text)).Refusal?.Code);
    }

    [Fact]
    public void Read_TruncatedAlteredOrTooLarge_IsUnparsable()
    {
        var der = Certificate.Der;
        Assert.Equal(CertificateCodes.Unparsable, CertificateReader.Read(null, der[..^1]).Refusal?.Code);
        Assert.Equal(CertificateCodes.Unparsable, CertificateReader.Read(null, (byte[])[.. der.Span, 0]).Refusal?.Code);
        Assert.Equal(CertificateCodes.Unparsable, CertificateReader.Read(new string('x', CertificateReader.MaximumInput + 1), default).Refusal?.Code);
        Assert.Equal(CertificateCodes.Unparsable, CertificateReader.Read(string.Concat(Enumerable.Repeat(Certificate.ToPem(), 17)), default).Refusal?.Code);
    }

    [Fact]
    public void Read_RandomlyAlteredCertificates_NeverThrows()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var der = Certificate.Der.ToArray();
            der[seed * 7919 % der.Length] ^= (byte)(1 << (seed % 8));
            der[seed * 104729 % der.Length] = (byte)(seed * 31);
            var result = CertificateReader.Read(null, der);
            Assert.True(result.Refusal is null == (result.Certificates.Count == 1), $"seed {seed}");
            if (result.EndEntity is { } certificate)
            {
                CertificateChecks.Check(certificate, new CertificateCheckContext { VaultboxAddresses = [], Now = TestKeys.Now });
            }
        }
    }

    [Theory]
    [MemberData(nameof(ClearKeys))]
    public void Read_PrivateKeyAsText_IsRefusedAsSuch(string kind)
    {
        var (rsa, ec) = (TestKeys.Rsa, TestKeys.Elliptic);
        var text = kind switch
        {
            "PKCS#8" => rsa.ExportPkcs8PrivateKeyPem(),
            "PKCS#1" => rsa.ExportRSAPrivateKeyPem(),
            "SEC 1" => ec.ExportECPrivateKeyPem(),
            "EC PKCS#8" => ec.ExportPkcs8PrivateKeyPem(),
            "OpenSSH" => "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n",
            "OpenPGP" => "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nAAAA\n",
            "PKCS#1 encrypted the old way" => "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n",
            "certificate then key" => Certificate.ToPem() + rsa.ExportPkcs8PrivateKeyPem(),
            "key in a certificate label" => PemEncoding.WriteString("CERTIFICATE", rsa.ExportPkcs8PrivateKey()),
            "lower case" => rsa.ExportPkcs8PrivateKeyPem().ToLowerInvariant(),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        Assert.Equal(CertificateCodes.PrivateKeyInClear, CertificateReader.Read(text, default).Refusal?.Code);
        Assert.Equal(CertificateCodes.PrivateKeyInClear, CertificateReader.Read(null, Encoding.ASCII.GetBytes(text)).Refusal?.Code);
    }

    [Fact]
    public void Read_PrivateKeyAsBytes_IsRefusedAsSuch()
    {
        var (rsa, ec) = (TestKeys.Rsa, TestKeys.Elliptic);
        using var dsa = DSA.Create(1024);
        using var x509 = TestKeys.First.ToX509().CopyWithPrivateKey(TestKeys.First.PrivateKey);
        var keys = new[]
        {
            rsa.ExportPkcs8PrivateKey(), rsa.ExportRSAPrivateKey(), ec.ExportPkcs8PrivateKey(), ec.ExportECPrivateKey(), dsa.ExportPkcs8PrivateKey(),
            x509.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, "a word"),
        };
        foreach (var key in keys)
        {
            Assert.Equal(CertificateCodes.PrivateKeyInClear, CertificateReader.Read(null, key).Refusal?.Code);
            Assert.Equal(CertificateCodes.PrivateKeyInClear, CertificateReader.Read(Convert.ToBase64String(key), default).Refusal?.Code);
        }
    }

    [Fact]
    public void Read_PublicKeysAndEncryptedKeys_AreNotTakenForKeysInClear()
    {
        var (rsa, ec) = (TestKeys.Rsa, TestKeys.Elliptic);
        var encryption = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        foreach (var key in new[] { rsa.ExportSubjectPublicKeyInfo(), rsa.ExportRSAPublicKey(), ec.ExportSubjectPublicKeyInfo(), rsa.ExportEncryptedPkcs8PrivateKey("a word", encryption) })
        {
            Assert.Equal(CertificateCodes.Unparsable, CertificateReader.Read(null, key).Refusal?.Code);
        }
    }

    [Fact]
    public void Read_CertificateBesideAnEncryptedKey_KeepsTheCertificateOnly()
    {
        var rsa = TestKeys.Rsa;
        var key = rsa.ExportEncryptedPkcs8PrivateKeyPem("a word", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        Assert.Single(CertificateReader.Read(key + "\n" + Certificate.ToPem(), default).Certificates);
    }
}
