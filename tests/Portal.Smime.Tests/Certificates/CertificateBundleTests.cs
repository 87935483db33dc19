using System.Text;
using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Certificates;

/// <summary>PKCS#7 files as OpenSSL writes them.</summary>
public sealed class CertificateBundleTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("smime-bundle-");

    [Theory]
    [InlineData("PEM")]
    [InlineData("DER")]
    public void Read_BundleWithItsIssuers_GivesEveryCertificateAndThePersonalOne(string form)
    {
        var authority = new CertificateBuilder { IsCa = true, Subject = "CN=Authority" }.Build(TestKeys.IssuerRsa);
        var file = Bundle(form, authority, TestKeys.First.Certificate);

        var result = CertificateReader.Read(null, File.ReadAllBytes(file));

        Assert.Null(result.Refusal);
        Assert.Equal(2, result.Certificates.Count);
        Assert.Equal(TestKeys.First.Certificate.FingerprintSha256, result.EndEntity!.FingerprintSha256);
        Assert.Single(result.Personal);
    }

    [Fact]
    public void Read_BundleAsPastedText_IsReadToo()
    {
        var result = CertificateReader.Read(File.ReadAllText(Bundle("PEM", TestKeys.First.Certificate)), default);

        Assert.Equal(TestKeys.First.Certificate.FingerprintSha256, Assert.Single(result.Certificates).FingerprintSha256);
    }

    [Fact]
    public void Read_SameCertificateTwice_IsPersonalOnce()
    {
        var pem = TestKeys.First.Certificate.ToPem();

        Assert.Single(CertificateReader.Read(pem + pem, default).Personal);
    }

    [Fact]
    public void Read_TornOrEmptyBundle_IsRefusedWithoutAFault()
    {
        var whole = File.ReadAllBytes(Bundle("DER", TestKeys.First.Certificate));
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.NotNull(CertificateReader.Read(null, whole.AsMemory(0, length)).Refusal);
        }

        var empty = Path.Combine(folder.FullName, "empty.p7b");
        OpenSsl.Run("crl2pkcs7", "-nocrl", "-outform", "DER", "-out", empty);
        Assert.Equal(CertificateCodes.Unparsable, CertificateReader.Read(null, File.ReadAllBytes(empty)).Refusal?.Code);
    }

    [Fact]
    public void Read_MoreThanAFileMayHold_IsRefused()
    {
        var many = Enumerable.Repeat(TestKeys.First.Certificate, CertificateReader.MaximumCertificates + 1).ToArray();

        Assert.Equal(CertificateCodes.Unparsable, CertificateReader.Read(null, File.ReadAllBytes(Bundle("DER", many))).Refusal?.Code);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Bundle(string form, params MailCertificate[] certificates)
    {
        var (pem, file) = (Path.Combine(folder.FullName, "chain.pem"), Path.Combine(folder.FullName, "bundle.p7b"));
        File.WriteAllText(pem, string.Concat(certificates.Select(static one => one.ToPem())), Encoding.ASCII);
        OpenSsl.Run("crl2pkcs7", "-nocrl", "-certfile", pem, "-outform", form, "-out", file);
        return file;
    }
}
