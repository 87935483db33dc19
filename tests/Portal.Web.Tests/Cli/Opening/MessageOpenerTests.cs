using System.Buffers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Cms;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Portal.Smime;
using Portal.Web.Cli.Opening;
using CmsContentInfo = Org.BouncyCastle.Asn1.Cms.ContentInfo;
using CmsName = Org.BouncyCastle.Asn1.Cms.IssuerAndSerialNumber;

namespace Portal.Web.Tests.Cli.Opening;

/// <summary>Messages that were made to be opened wrongly end in a failure, whatever is missing in them.</summary>
public sealed class MessageOpenerTests : IDisposable
{
    private static readonly DerObjectIdentifier StdDhSha256 = new("1.3.132.1.11.1");
    private static readonly AlgorithmIdentifier Wrap = new(NistObjectIdentifiers.IdAes256Wrap);

    private readonly X509Certificate2 _rsa = Make("CN=rsa", RSA.Create(2048));
    private readonly X509Certificate2 _curve = Make("CN=curve", ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public void Dispose()
    {
        _rsa.Dispose();
        _curve.Dispose();
    }

    [Theory]
    [InlineData("originator by name", "not_supported")]
    [InlineData("originator by key identifier", "not_supported")]
    [InlineData("agreement without a wrap", "not_supported")]
    [InlineData("a point of no length", "sealed_malformed")]
    [InlineData("AES-GCM without parameters", "sealed_malformed")]
    [InlineData("AES-CBC without parameters", "sealed_malformed")]
    [InlineData("an empty structure", "sealed_malformed")]
    public void Open_SomethingMissing_IsAFailureOfItsOwn(string kind, string code)
    {
        var der = kind switch
        {
            "originator by name" => Agreed(new OriginatorIdentifierOrKey(Name(_curve)), Wrap),
            "originator by key identifier" => Agreed(new OriginatorIdentifierOrKey(new Org.BouncyCastle.Asn1.X509.SubjectKeyIdentifier([1, 2, 3])), Wrap),
            "agreement without a wrap" => Agreed(Ephemeral([4, .. new byte[64]]), null),
            "a point of no length" => Agreed(Ephemeral([]), Wrap),
            "AES-GCM without parameters" => Enveloped(Transported(), new AlgorithmIdentifier(NistObjectIdentifiers.IdAes256Gcm), isAuthenticated: true),
            "AES-CBC without parameters" => Enveloped(Transported(), new AlgorithmIdentifier(NistObjectIdentifiers.IdAes256Cbc), isAuthenticated: false),
            _ => new CmsContentInfo(CmsObjectIdentifiers.AuthEnvelopedData, DerSequence.Empty).GetEncoded(),
        };

        Assert.Equal(code, MessageOpener.Open(der, [_rsa, _curve]).Failure?.Code);
    }

    [Fact]
    public void Open_AnotherKeyOfTheSameNameBeforeIt_OpensByTheRightOne()
    {
        using var other = Make("CN=rsa", RSA.Create(2048));
        var der = Seal(_rsa, ContentCipher.Aes256Gcm);

        Assert.True(MessageOpener.Open(der, [other, _rsa]).Succeeded);
        Assert.Equal("not_opened", MessageOpener.Open(der, [_curve, other]).Failure?.Code);
    }

    [Theory]
    [InlineData("RSA", ContentCipher.Aes256Cbc)]
    [InlineData("P-256", ContentCipher.Aes256Gcm)]
    public void Open_AnyOctetAltered_NeverThrows(string kind, ContentCipher cipher)
    {
        var key = kind == "RSA" ? _rsa : _curve;
        var der = Seal(key, cipher);
        for (var at = 0; at < der.Length; at++)
        {
            var octet = der[at];
            foreach (var other in new[] { 0, octet ^ 1, octet ^ 0x80, octet + 1 })
            {
                der[at] = (byte)other;
                MessageOpener.Open(der, [key]);
            }

            der[at] = octet;
        }

        Assert.True(MessageOpener.Open(der, [key]).Succeeded);
    }

    private static CmsName Name(X509Certificate2 certificate) => new(X509CertificateStructure.GetInstance(certificate.RawData));

    private static OriginatorIdentifierOrKey Ephemeral(byte[] point) =>
        new(new OriginatorPublicKey(new AlgorithmIdentifier(X9ObjectIdentifiers.IdECPublicKey), new DerBitString(point)));

    private byte[] Agreed(OriginatorIdentifierOrKey originator, AlgorithmIdentifier? wrap)
    {
        var one = new RecipientEncryptedKey(new KeyAgreeRecipientIdentifier(Name(_curve)), new DerOctetString(new byte[40]));
        var info = new KeyAgreeRecipientInfo(originator, null, new AlgorithmIdentifier(StdDhSha256, wrap), new DerSequence(one));
        return Enveloped(new RecipientInfo(info), new AlgorithmIdentifier(NistObjectIdentifiers.IdAes256Cbc, new DerOctetString(new byte[16])), isAuthenticated: false);
    }

    private RecipientInfo Transported()
    {
        using var key = _rsa.GetRSAPublicKey()!;
        return new RecipientInfo(new KeyTransRecipientInfo(
            new RecipientIdentifier(Name(_rsa)), new AlgorithmIdentifier(PkcsObjectIdentifiers.RsaEncryption, DerNull.Instance),
            new DerOctetString(key.Encrypt(new byte[32], RSAEncryptionPadding.Pkcs1))));
    }

    private static byte[] Enveloped(RecipientInfo recipient, AlgorithmIdentifier cipher, bool isAuthenticated)
    {
        var content = new EncryptedContentInfo(CmsObjectIdentifiers.Data, cipher, new DerOctetString(new byte[32]));
        return isAuthenticated
            ? new CmsContentInfo(CmsObjectIdentifiers.AuthEnvelopedData, new AuthEnvelopedData(null, new DerSet(recipient), content, null, new DerOctetString(new byte[16]), null)).GetEncoded()
            : new CmsContentInfo(CmsObjectIdentifiers.EnvelopedData, new EnvelopedData(null, new DerSet(recipient), content, (Asn1Set?)null)).GetEncoded();
    }

    private static byte[] Seal(X509Certificate2 certificate, ContentCipher cipher)
    {
        using var made = MessageSealer.Seal(new SealingRequest
        {
            Original = new ReadOnlySequence<byte>("Subject: x\r\n\r\ny"u8.ToArray()), TraceHeaders = string.Empty, Cipher = cipher,
            Recipients = [CertificateReader.Read(null, certificate.RawData).EndEntity!], VaultboxId = Guid.Empty, MessageId = Guid.Empty,
            VaultboxAddress = "mara@vault.test", ReceivedAt = DateTimeOffset.UnixEpoch,
        });
        return made.Der.ToArray();
    }

    // All of one serial number: two of one name are told apart by their keys alone.
    private static X509Certificate2 Make(string name, AsymmetricAlgorithm key)
    {
        using (key)
        {
            var subject = new X500DistinguishedName(name);
            var request = key is RSA rsa
                ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
            var generator = key is RSA signer ? X509SignatureGenerator.CreateForRSA(signer, RSASignaturePadding.Pkcs1) : X509SignatureGenerator.CreateForECDsa((ECDsa)key);
            var now = TimeProvider.System.GetUtcNow();
            using var certificate = request.Create(subject, generator, now.AddDays(-1), now.AddYears(1), [1]);
            return key is RSA own ? certificate.CopyWithPrivateKey(own) : certificate.CopyWithPrivateKey((ECDsa)key);
        }
    }
}
