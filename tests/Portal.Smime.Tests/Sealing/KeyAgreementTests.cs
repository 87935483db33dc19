using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Sealing;

/// <summary>Mail for certificates with a key on a curve (RFC 5753, RFC 8551 section 2.3).</summary>
public sealed class KeyAgreementTests
{
    private static readonly byte[] Original = Sequences.Bytes("From: a@sender.example\r\nSubject: Hello\r\nContent-Type: text/plain\r\n\r\nBody\r\n");

    private static TestIdentity[] Both => [TestKeys.Curve256, TestKeys.Curve384];

    private static SealingRequest Request(params TestIdentity[] recipients) =>
        Sealed.Request(Original) with { Recipients = [.. recipients.Select(static one => one.Certificate)] };

    public static TheoryData<ContentCipher, RecipientNaming> Forms =>
    [
        (ContentCipher.Aes256Cbc, RecipientNaming.IssuerAndSerialNumber), (ContentCipher.Aes256Cbc, RecipientNaming.SubjectKeyIdentifier),
        (ContentCipher.Aes256Gcm, RecipientNaming.IssuerAndSerialNumber), (ContentCipher.Aes256Gcm, RecipientNaming.SubjectKeyIdentifier),
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Seal_ForBothCurves_EachKeyOpensItInOpenSsl(ContentCipher cipher, RecipientNaming naming)
    {
        using var message = MessageSealer.Seal(Request(Both) with { Cipher = cipher, RecipientNaming = naming });
        foreach (var identity in Both)
        {
            Assert.Equal(Original, AddedLines.Remove(OpenSsl.Decrypt(message.Der.ToArray(), "DER", identity), message.OuterHeaders));
        }
    }

    [Theory]
    [InlineData(RecipientNaming.IssuerAndSerialNumber)]
    [InlineData(RecipientNaming.SubjectKeyIdentifier)]
    public void Seal_Structure_IsVersion2WithOneKeyAgreementForEachCertificate(RecipientNaming naming)
    {
        using var message = MessageSealer.Seal(Request(Both) with { RecipientNaming = naming });
        var cms = new EnvelopedCms();
        cms.Decode(message.Der.Span);

        Assert.Equal(2, cms.Version);
        Assert.Equal(2, cms.RecipientInfos.Count);
        foreach (var info in cms.RecipientInfos.Cast<KeyAgreeRecipientInfo>())
        {
            Assert.Equal((3, "1.3.132.1.11.1", 40), (info.Version, info.KeyEncryptionAlgorithm.Oid.Value, info.EncryptedKey.Length));
            Assert.Equal(
                naming == RecipientNaming.SubjectKeyIdentifier ? SubjectIdentifierType.SubjectKeyIdentifier : SubjectIdentifierType.IssuerAndSerialNumber,
                info.RecipientIdentifier.Type);
            Assert.Equal(SubjectIdentifierOrKeyType.PublicKeyInfo, info.OriginatorIdentifierOrKey.Type);
        }
    }

    [Theory]
    [InlineData(RecipientNaming.IssuerAndSerialNumber, 0)]
    [InlineData(RecipientNaming.SubjectKeyIdentifier, 2)]
    public void Seal_ForRsa_VersionAndNameFollowTheNaming(RecipientNaming naming, int version)
    {
        using var message = MessageSealer.Seal(Sealed.Request(Original) with { RecipientNaming = naming });
        var cms = new EnvelopedCms();
        cms.Decode(message.Der.Span);

        Assert.Equal(version, cms.Version);
        Assert.All(cms.RecipientInfos.Cast<KeyTransRecipientInfo>(), info => Assert.Equal(version, info.Version));
        Assert.Equal(Original, AddedLines.Remove(OpenSsl.Decrypt(message.Der.ToArray(), "DER", TestKeys.First), message.OuterHeaders));
    }

    [Fact]
    public void Seal_CertificateWithoutKeyIdentifier_IsNamedByIssuerAndSerialNumber()
    {
        var certificate = new CertificateBuilder { HasKeyIdentifier = false }.Build(TestKeys.Rsa);
        using var message = MessageSealer.Seal(Sealed.Request(Original) with { Recipients = [certificate], RecipientNaming = RecipientNaming.SubjectKeyIdentifier });
        var cms = new EnvelopedCms();
        cms.Decode(message.Der.Span);
        Assert.Equal((0, SubjectIdentifierType.IssuerAndSerialNumber), (cms.Version, cms.RecipientInfos[0].RecipientIdentifier.Type));
    }

    [Fact]
    public void Seal_TwoMessages_ShareNoEphemeralKey()
    {
        using var first = MessageSealer.Seal(Request(TestKeys.Curve256));
        using var second = MessageSealer.Seal(Request(TestKeys.Curve256));
        Assert.NotEqual(EphemeralPoint(first), EphemeralPoint(second));
    }

    [Fact]
    public void Seal_RsaAndCurveTogether_IsASealingException()
    {
        foreach (var recipients in new TestIdentity[][] { [TestKeys.First, TestKeys.Curve256], [TestKeys.Curve256, TestKeys.First] })
        {
            Assert.Contains("two key families", Assert.Throws<SealingException>(() => MessageSealer.Seal(Request(recipients))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Seal_CurveThatIsNotSealedTo_IsASealingException()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP521);
        var request = Sealed.Request(Original) with { Recipients = [new CertificateBuilder { Usage = null }.Build(key)] };
        Assert.Throws<SealingException>(() => MessageSealer.Seal(request));
    }

    [Fact]
    public void Note_ForACurve_OpensInOpenSsl()
    {
        var note = SealedNote.Seal(TestKeys.Curve384.Certificate, "the code"u8.ToArray());
        Assert.Equal("the code"u8, OpenSsl.Decrypt(note, "DER", TestKeys.Curve384));
    }

    private static byte[] EphemeralPoint(SealedMessage message)
    {
        var cms = new EnvelopedCms();
        cms.Decode(message.Der.Span);
        return ((KeyAgreeRecipientInfo)cms.RecipientInfos[0]).OriginatorIdentifierOrKey.Value is PublicKeyInfo key ? key.KeyValue : [];
    }
}
