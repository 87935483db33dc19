using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Certificates;

public sealed class CertificateChecksTests
{
    private static readonly CertificateCheckContext Context = new() { VaultboxAddresses = ["First@Vault.example"], Now = TestKeys.Now };

    [Fact]
    public void Check_CertificateOfAnIssuer_HasNothingToSay()
    {
        var result = CertificateChecks.Check(new CertificateBuilder().BuildIssuedBy(new PublicKey(TestKeys.Rsa), "CN=Authority", TestKeys.IssuerRsa), Context);
        Assert.True(result.IsAccepted);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Check_CertificateMadeInTheBrowser_WarnsOfItsOwnSignatureOnly() =>
        AssertFindings(new CertificateBuilder().Build(TestKeys.Rsa), [], [CertificateCodes.SelfSigned]);

    [Fact]
    public void Check_NoExtensions_IsAccepted() =>
        AssertFindings(new CertificateBuilder { Usage = null, Purpose = null }.Build(TestKeys.Rsa), [], [CertificateCodes.SelfSigned]);

    [Fact]
    public void Check_SmallKey_IsRefused()
    {
        AssertFindings(new CertificateBuilder().Build(TestKeys.SmallRsa), [CertificateCodes.KeyTooSmall], [CertificateCodes.SelfSigned]);
    }

    [Fact]
    public void Check_KeyOnP256OrP384_IsAccepted()
    {
        Assert.Equal(("EC P-256", "EC P-384"), (TestKeys.Curve256.Certificate.Algorithm, TestKeys.Curve384.Certificate.Algorithm));
        AssertFindings(TestKeys.Curve256.Certificate, [], [CertificateCodes.SelfSigned]);
        Assert.True(CertificateChecks.Check(TestKeys.Curve384.Certificate, Context).IsAccepted);
    }

    [Theory]
    [InlineData(X509KeyUsageFlags.KeyAgreement)]
    [InlineData(X509KeyUsageFlags.KeyAgreement | X509KeyUsageFlags.DigitalSignature)]
    public void Check_CurveKeyForAgreement_IsAcceptedAndSealedTo(X509KeyUsageFlags usage)
    {
        var certificate = new CertificateBuilder { Usage = usage }.BuildIssuedBy(new PublicKey(TestKeys.Elliptic), "CN=Authority", TestKeys.IssuerRsa);
        Assert.Equal(("EC P-256", 256), (certificate.Algorithm, certificate.KeySize));
        AssertFindings(certificate, [], []);
        using var message = MessageSealer.Seal(Sealed.Request("Subject: x\r\n\r\ny"u8.ToArray()) with { Recipients = [certificate] });
        Assert.Equal([certificate.FingerprintSha256], message.Fingerprints);
    }

    [Theory]
    [InlineData("1.3.132.0.35")] // P-521
    [InlineData("1.3.36.3.3.2.8.1.1.7")] // brainpoolP256r1
    public void Check_KeyOnAnotherCurve_IsRefusedAsUnsupported(string curve)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromValue(curve));
        AssertFindings(new CertificateBuilder { Usage = null }.Build(key), [CertificateCodes.AlgorithmUnsupported], [CertificateCodes.SelfSigned]);
    }

    [Fact]
    public void Check_CurveKeyWithoutKeyAgreement_IsRefusedForItsUsage() =>
        AssertFindings(new CertificateBuilder().Build(TestKeys.Elliptic), [CertificateCodes.UsageForbidsEncryption], [CertificateCodes.SelfSigned]);

    [Fact]
    public void Check_Ed25519Key_IsRefusedAsUnsupported()
    {
        var folder = Directory.CreateTempSubdirectory("smime-test-");
        try
        {
            var file = Path.Combine(folder.FullName, "certificate.pem");
            OpenSsl.Run("req", "-x509", "-newkey", "ed25519", "-nodes", "-keyout", Path.Combine(folder.FullName, "key.pem"), "-out", file, "-subj", "/CN=x", "-days", "3650");
            var certificate = CertificateReader.Read(File.ReadAllText(file), default).EndEntity!;
            Assert.Equal(KeyFamily.Other, certificate.Family);
            Assert.Contains(CertificateCodes.AlgorithmUnsupported, CertificateChecks.Check(certificate, Context).Refusals.Select(static one => one.Code));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(1)] // would write the content key in clear
    [InlineData(2)]
    [InlineData(65536)]
    public void Check_BrokenExponent_IsRefusedAsUnsupported(int exponent)
    {
        var key = new AsnWriter(AsnEncodingRules.DER);
        using (key.PushSequence())
        {
            key.WriteInteger(new BigInteger(TestKeys.Rsa.ExportParameters(includePrivateParameters: false).Modulus, isUnsigned: true, isBigEndian: true));
            key.WriteInteger(exponent);
        }

        var publicKey = new PublicKey(new Oid("1.2.840.113549.1.1.1"), new AsnEncodedData([5, 0]), new AsnEncodedData(key.Encode()));
        var certificate = new CertificateBuilder().BuildIssuedBy(publicKey, "CN=Authority", TestKeys.IssuerRsa);
        AssertFindings(certificate, [CertificateCodes.AlgorithmUnsupported], []);
    }

    [Fact]
    public void Check_SecondKeyFamily_IsRefused()
    {
        var rsaBox = Context with { ExistingKeyFamily = KeyFamily.Rsa };
        var ecBox = Context with { ExistingKeyFamily = KeyFamily.EllipticCurve };
        Assert.Equal([CertificateCodes.SecondKeyFamily], CertificateChecks.Check(TestKeys.Curve256.Certificate, rsaBox).Refusals.Select(static one => one.Code));
        Assert.Equal([CertificateCodes.SecondKeyFamily], CertificateChecks.Check(new CertificateBuilder().Build(TestKeys.Rsa), ecBox).Refusals.Select(static one => one.Code));
        Assert.True(CertificateChecks.Check(new CertificateBuilder().Build(TestKeys.Rsa), rsaBox).IsAccepted);
    }

    [Fact]
    public void Check_NotYetValid_IsRefused() =>
        AssertFindings(new CertificateBuilder { NotBefore = TestKeys.Now.AddDays(2) }.Build(TestKeys.Rsa), [CertificateCodes.NotYetValid], [CertificateCodes.SelfSigned]);

    [Theory]
    [InlineData(-31, true)]
    [InlineData(-29, false)]
    [InlineData(-1, false)]
    [InlineData(29, false)]
    public void Check_NearItsEnd_WarnsAndIsRefusedAfterTheGrace(int days, bool isRefused)
    {
        var certificate = new CertificateBuilder { NotBefore = TestKeys.Now.AddYears(-1), NotAfter = TestKeys.Now.AddDays(days) }.Build(TestKeys.Rsa);
        AssertFindings(certificate, isRefused ? [CertificateCodes.Expired] : [], isRefused ? [CertificateCodes.SelfSigned] : [CertificateCodes.ExpiresSoon, CertificateCodes.SelfSigned]);
    }

    [Fact]
    public void Check_SigningOnly_IsRefused() =>
        AssertFindings(new CertificateBuilder { Usage = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation }.Build(TestKeys.Rsa), [CertificateCodes.UsageForbidsEncryption], [CertificateCodes.SelfSigned]);

    [Fact]
    public void Check_MoreThan16Kilobytes_IsRefusedWithItsSizeAndStillRead()
    {
        var certificate = new CertificateBuilder { Subject = string.Join(',', Enumerable.Range(0, 500).Select(static one => $"OU=Unit {one} of a very large office")) }
            .BuildIssuedBy(new PublicKey(TestKeys.Rsa), "CN=Authority", TestKeys.IssuerRsa);
        AssertFindings(certificate, [CertificateCodes.TooLarge], []);
        Assert.Contains($"{certificate.Der.Length / 1024} KB", CertificateChecks.Check(certificate, Context).Refusals[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_KnownFingerprint_IsADuplicate()
    {
        var certificate = new CertificateBuilder().Build(TestKeys.Rsa);
        var result = CertificateChecks.Check(certificate, Context with { ExistingFingerprints = [certificate.FingerprintSha256.ToUpperInvariant()] });
        Assert.Equal([CertificateCodes.Duplicate], result.Refusals.Select(static one => one.Code));
    }

    [Theory]
    [InlineData("other@vault.example")]
    [InlineData(null)]
    public void Check_OtherAddress_Warns(string? address) =>
        AssertFindings(new CertificateBuilder { Address = address }.Build(TestKeys.Rsa), [], [CertificateCodes.AddressMismatch, CertificateCodes.SelfSigned]);

    [Fact]
    public void Check_AuthorityWithOldSignatureForServers_Warns()
    {
        // sha256WithRSAEncryption (…1.1.11) becomes sha1WithRSAEncryption (…1.1.5) in both places; nobody checks the signature itself.
        var der = new CertificateBuilder { IsCa = true, Purpose = "1.3.6.1.5.5.7.3.1" }.Build(TestKeys.Rsa).Der.ToArray();
        byte[] prefix = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01];
        for (var at = 0; der.AsSpan(at).IndexOf((byte[])[.. prefix, 0x0b]) is var found and >= 0; at += found + 1)
        {
            der[at + found + prefix.Length] = 0x05;
        }

        AssertFindings(
            CertificateReader.Read(null, der).EndEntity!,
            [],
            [CertificateCodes.SelfSigned, CertificateCodes.CaCertificate, CertificateCodes.NoEmailUsage, CertificateCodes.Sha1Signature]);
    }

    [Fact]
    public void Check_SeveralFaults_AreToldTogether()
    {
        var certificate = new CertificateBuilder { NotBefore = TestKeys.Now.AddYears(-2), NotAfter = TestKeys.Now.AddYears(-1), Usage = X509KeyUsageFlags.DigitalSignature }.Build(TestKeys.SmallRsa);
        AssertFindings(
            certificate,
            [CertificateCodes.KeyTooSmall, CertificateCodes.Expired, CertificateCodes.UsageForbidsEncryption],
            [CertificateCodes.SelfSigned]);
    }

    [Fact]
    public void Check_Refused_StillTellsEveryOtherCheckOnceAndInOrder()
    {
        var steps = CertificateChecks.Check(new CertificateBuilder { Usage = X509KeyUsageFlags.DigitalSignature }.Build(TestKeys.Rsa), Context).Steps;
        Assert.Equal(
            [
                CertificateCodes.PrivateKeyInClear, CertificateCodes.Unparsable, CertificateCodes.AlgorithmUnsupported, CertificateCodes.KeyTooSmall,
                CertificateCodes.NotYetValid, CertificateCodes.Expired, CertificateCodes.UsageForbidsEncryption, CertificateCodes.Duplicate,
                CertificateCodes.AddressMismatch, CertificateCodes.SelfSigned, CertificateCodes.CaCertificate, CertificateCodes.NoEmailUsage, CertificateCodes.Sha1Signature,
            ],
            steps.Select(static step => step.Code));
        Assert.All(steps, static step => Assert.Equal(step.Outcome == CheckOutcome.Passed, step.Reason is null));
        Assert.Equal([CertificateCodes.UsageForbidsEncryption], steps.Where(static step => step.Outcome == CheckOutcome.Refused).Select(static step => step.Code));
    }

    private static void AssertFindings(MailCertificate certificate, string[] refusals, string[] warnings)
    {
        var result = CertificateChecks.Check(certificate, Context);
        Assert.Equal(refusals, result.Refusals.Select(static one => one.Code));
        Assert.Equal(warnings, result.Warnings.Select(static one => one.Code));
        Assert.All(result.Refusals.Concat(result.Warnings), static one => Assert.InRange(one.Message.Length, 40, 400));
    }
}
