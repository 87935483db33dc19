using System.Security.Cryptography;
using Portal.Smime;
using Portal.Vault.Certificates;
using Portal.Vault.Intake;

namespace Portal.Vault.Tests.Intake;

public sealed class ParsedKeysTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private readonly ParsedKeys _keys = new();

    [Fact]
    public void Certificate_OfTheSameText_IsReadOnce()
    {
        var pem = Pem("first@vault.test");
        Assert.Same(_keys.Certificate(Row(pem)), _keys.Certificate(Row(new string(pem.AsSpan()))));
    }

    [Fact]
    public void Certificate_OfAnotherText_IsItsOwn()
    {
        // Every other column says that it is the same.
        Assert.Contains("first@vault.test", _keys.Certificate(Row(Pem("first@vault.test"))).Emails);
        Assert.Contains("second@vault.test", _keys.Certificate(Row(Pem("second@vault.test"))).Emails);
    }

    [Fact]
    public void Certificate_LargerThanWhatIsKept_IsReadEachTime()
    {
        var pem = Pem("first@vault.test");
        using var small = new ParsedKeys(pem.Length - 1);
        using var large = new ParsedKeys(pem.Length);
        Assert.NotSame(small.Certificate(Row(pem)), small.Certificate(Row(pem)));
        Assert.Same(large.Certificate(Row(pem)), large.Certificate(Row(pem)));
    }

    [Fact]
    public void Portal_TextThatWasReadAsACertificate_IsNotTakenForOne()
    {
        var row = Row(Pem("first@vault.test"));
        _keys.Certificate(row);
        Assert.IsType<PortalKey>(_keys.Portal(row));
    }

    [Fact]
    public void Certificate_Unreadable_IsASealingExceptionEachTime()
    {
        var row = Row(PemEncoding.WriteString("CERTIFICATE", [0x30, 0x00]));
        Assert.Throws<SealingException>(() => _keys.Certificate(row));
        Assert.Throws<SealingException>(() => _keys.Certificate(row));
    }

    public void Dispose() => _keys.Dispose();

    private static string Pem(string address)
    {
        using var certificate = TestCertificate.Make(address, Now, Now.AddYears(1));
        return certificate.ExportCertificatePem();
    }

    private static Certificate Row(string pem) => new()
    {
        VaultboxId = Guid.Empty, CertificateType = CertificateTypes.Public, Purpose = KeyPurposes.Mail, PemContent = pem, FriendlyName = "Everyday",
        FingerprintSha256 = new byte[32], Algorithm = "RSA 2048", CreatedAt = Now,
    };
}
