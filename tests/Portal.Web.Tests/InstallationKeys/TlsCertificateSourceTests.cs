using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Portal.Web.InstallationKeys;

namespace Portal.Web.Tests.InstallationKeys;

public sealed class TlsCertificateSourceTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("portal-tls-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    private string Certificate => Path.Combine(_directory, "fullchain.pem");

    private string Key => Path.Combine(_directory, "privkey.pem");

    [Fact]
    public void Open_NoFiles_MakesACertificateForThisMachine()
    {
        var source = Open(null, null);

        Assert.True(source.IsSelfSigned);
        var certificate = source.Current.TargetCertificate;
        Assert.True(certificate.MatchesHostname("localhost"));
        Assert.True(certificate.MatchesHostname(System.Net.Dns.GetHostName()));
        Assert.True(certificate.MatchesHostname("127.0.0.1"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_directory, "tls-self-signed.pem")));
        Assert.Equal(certificate.Thumbprint, Open(null, null).Current.TargetCertificate.Thumbprint);
    }

    [Fact]
    public void Open_SelfSignedNearItsEnd_IsMadeAnew()
    {
        var first = Open(null, null).Current.TargetCertificate.Thumbprint;
        _time.Advance(TimeSpan.FromDays(800));

        Assert.NotEqual(first, Open(null, null).Current.TargetCertificate.Thumbprint);
    }

    [Fact]
    public void Current_FilesRenewed_IsReadAfterTheInterval()
    {
        Write("CN=first", 0);
        var source = Open(Certificate, Key);
        Assert.False(source.IsSelfSigned);

        Write("CN=second", 1);
        Assert.Equal("CN=first", source.Current.TargetCertificate.Subject);
        _time.Advance(TlsCertificateSource.CheckInterval);

        Assert.Equal("CN=second", source.Current.TargetCertificate.Subject);
    }

    [Fact]
    public void Current_LinkPointedElsewhere_IsFollowed()
    {
        Write("CN=first", 0);
        var link = Path.Combine(_directory, "live.pem");
        var keyLink = Path.Combine(_directory, "live-key.pem");
        File.CreateSymbolicLink(link, Certificate);
        File.CreateSymbolicLink(keyLink, Key);
        var source = Open(link, keyLink);
        File.Move(Certificate, Certificate + ".old");
        File.Move(Key, Key + ".old");
        Write("CN=second", 0);
        File.Move(Certificate, Certificate + ".new");
        File.Move(Key, Key + ".new");
        File.Delete(link);
        File.Delete(keyLink);
        File.CreateSymbolicLink(link, Certificate + ".new");
        File.CreateSymbolicLink(keyLink, Key + ".new");

        _time.Advance(TlsCertificateSource.CheckInterval);

        Assert.Equal("CN=second", source.Current.TargetCertificate.Subject);
    }

    [Fact]
    public void Current_RenewalIsRubbish_KeepsTheOldOneUntilItIsMended()
    {
        Write("CN=first", 0);
        var source = Open(Certificate, Key);
        File.WriteAllText(Certificate, "half of a certificate");
        Date(1);
        _time.Advance(TlsCertificateSource.CheckInterval);
        Assert.Equal("CN=first", source.Current.TargetCertificate.Subject);

        Write("CN=second", 2);
        _time.Advance(TlsCertificateSource.CheckInterval);

        Assert.Equal("CN=second", source.Current.TargetCertificate.Subject);
    }

    [Fact]
    public void Open_UnusableFile_NamesTheSettings()
    {
        File.WriteAllText(Certificate, "no certificate");
        File.WriteAllText(Key, "no key");

        var refused = Assert.Throws<TlsCertificateException>(() => Open(Certificate, Key));

        Assert.Contains("Portal:Tls:CertificatePath", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private TlsCertificateSource Open(string? certificate, string? key) =>
        TlsCertificateSource.Open(_directory, certificate, key, _time, NullLogger.Instance);

    private void Write(string subject, int minute)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(_time.GetUtcNow().AddDays(-1), _time.GetUtcNow().AddDays(90));
        File.WriteAllText(Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
        Date(minute);
    }

    /// <summary>Files written within one tick of the file system's clock would look unchanged.</summary>
    private void Date(int minute)
    {
        var written = _time.GetUtcNow().UtcDateTime.AddMinutes(minute);
        File.SetLastWriteTimeUtc(Certificate, written);
        File.SetLastWriteTimeUtc(Key, written);
    }
}
