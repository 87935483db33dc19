using System.Security.Cryptography;
using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Certificates;

public sealed class CertificateDetailsTests
{
    [Fact]
    public void Of_Certificate_IsWhatOpensslSays()
    {
        var certificate = new CertificateBuilder().Build(TestKeys.Rsa);
        var folder = Directory.CreateTempSubdirectory("smime-details-");
        var file = Path.Combine(folder.FullName, "certificate.pem");
        try
        {
            File.WriteAllText(file, certificate.ToPem());
            var details = CertificateDetails.Of(certificate);

            Assert.Equal(Hex(OpenSsl.Run("x509", "-in", file, "-noout", "-fingerprint", "-sha256")), details.FingerprintSha256);
            Assert.Equal(Hex(OpenSsl.Run("x509", "-in", file, "-noout", "-fingerprint", "-sha1")), details.FingerprintSha1);
            Assert.Equal(Hex(OpenSsl.Run("x509", "-in", file, "-noout", "-serial")), details.Serial);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Of_Certificate_TellsItsUsesAndItsKey()
    {
        var details = CertificateDetails.Of(new CertificateBuilder().Build(TestKeys.Rsa));

        Assert.Equal(["digital signature", "key encipherment"], details.KeyUsages);
        Assert.Equal(["e-mail protection"], details.ExtendedUsages);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(TestKeys.Rsa.ExportSubjectPublicKeyInfo())), details.SpkiSha256);
        Assert.Equal((true, 3, "CN=Test"), (details.IsSelfSigned, details.Version, details.Issuer));
    }

    [Fact]
    public void Of_NoExtensions_StatesNoUses()
    {
        var details = CertificateDetails.Of(new CertificateBuilder { Usage = null, Purpose = null, Address = null }.Build(TestKeys.Rsa));

        Assert.Empty(details.KeyUsages);
        Assert.Empty(details.ExtendedUsages);
        Assert.Empty(details.Emails);
    }

    private static string Hex(string line) => line.Trim().Split('=')[1].Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
}
