using System.Security.Cryptography;
using System.Text;
using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Keys;

public sealed class BindingSignatureTests : IDisposable
{
    private static readonly Guid Vaultbox = new("0191D5B2-6A5E-7CC0-8F25-0F4D1A2B3C4D");
    private static readonly string Fingerprint = new('a', 64);

    private readonly ECDsa owner = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => owner.Dispose();

    [Fact]
    public void Verify_StatementOfTheContract_IsAccepted()
    {
        var statement = Encoding.ASCII.GetBytes($"vaultbox-binding:v1\n0191d5b2-6a5e-7cc0-8f25-0f4d1a2b3c4d\nmail\n{Fingerprint}");
        var signature = owner.SignData(statement, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        Assert.True(BindingSignature.Verify(owner.ExportSubjectPublicKeyInfo(), Vaultbox, "mail", Fingerprint, signature));
    }

    [Fact]
    public void Verify_AnythingElse_IsRefused()
    {
        var spki = owner.ExportSubjectPublicKeyInfo();
        var signature = BindingSignature.Sign(owner, Vaultbox, "mail", Fingerprint);
        Assert.True(BindingSignature.Verify(spki, Vaultbox, "mail", Fingerprint, signature));
        Assert.False(BindingSignature.Verify(spki, Guid.Empty, "mail", Fingerprint, signature));
        Assert.False(BindingSignature.Verify(spki, Vaultbox, "portal", Fingerprint, signature));
        Assert.False(BindingSignature.Verify(spki, Vaultbox, "mail", new string('b', 64), signature));
        Assert.False(BindingSignature.Verify(spki, Vaultbox, "mail", Fingerprint, signature.AsSpan(1)));
        Assert.False(BindingSignature.Verify(spki, Vaultbox, "mail", Fingerprint, []));
        Assert.False(BindingSignature.Verify(spki, Vaultbox, "mail", Fingerprint, owner.SignData([1], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
        Assert.False(BindingSignature.Verify(TestKeys.PortalSpki.Span, Vaultbox, "mail", Fingerprint, signature));
        signature[5] ^= 1;
        Assert.False(BindingSignature.Verify(spki, Vaultbox, "mail", Fingerprint, signature));
    }

    [Fact]
    public void Verify_OwnerKeyMalformed_IsRefused()
    {
        var signature = BindingSignature.Sign(owner, Vaultbox, "mail", Fingerprint);
        var offCurve = owner.ExportSubjectPublicKeyInfo();
        offCurve[^1] ^= 1;
        foreach (var spki in new[] { [], offCurve, TestKeys.Rsa.ExportSubjectPublicKeyInfo(), [.. owner.ExportSubjectPublicKeyInfo(), 0] })
        {
            Assert.False(BindingSignature.Verify(spki, Vaultbox, "mail", Fingerprint, signature));
            Assert.False(P256PublicKey.IsValid(spki));
        }
    }
}
