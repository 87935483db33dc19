using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Sealing;

/// <summary>What of a sender's structure is known from end to end, so that it can be stored as it came.</summary>
public sealed class SenderEnvelopeTests
{
    private static readonly byte[] InClear = Tlv.Octets("The marker is heliotrope."u8.ToArray());

    private static readonly MailCertificate Rsa = TestKeys.Second.Certificate;
    private static readonly MailCertificate Curve = TestKeys.Curve256.Certificate;

    private static readonly Dictionary<string, SenderCms> Usual = new()
    {
        ["AES-CBC"] = new(),
        ["AES-GCM"] = new() { IsAuthenticated = true },
        ["key identifier"] = new() { Version = Tlv.Integer(2), Recipients = [SenderCms.Transport(version: 2, identifier: Tlv.Of(0x80, Rsa.KeyIdentifier!.Value.ToArray()))] },
        ["OAEP with SHA-1"] = new() { Recipients = [SenderCms.Transport(algorithm: Oaep())] },
        ["OAEP with SHA-256"] = new() { Recipients = [SenderCms.Transport(algorithm: Oaep(Tlv.Of(0xa0, Sha256), Mask(Sha256)))] },
        ["key agreement"] = new() { Version = Tlv.Integer(2), Recipients = [SenderCms.Agreement()] },
        ["key agreement with keying material"] = new() { Recipients = [SenderCms.Agreement(material: Tlv.Of(0xa1, Tlv.Octets(new byte[64])))] },
        ["a stranger too"] = new() { Recipients = [SenderCms.Transport(TestKeys.First.Certificate, key: Tlv.Octets(new byte[384])), SenderCms.Transport()] },
        ["as many as the browser reads"] = new() { Recipients = [.. Enumerable.Repeat(SenderCms.Transport(), 1_000)] },
    };

    private static readonly Dictionary<string, SenderCms> Unusual = new()
    {
        ["behind ContentInfo"] = new() { BehindContentInfo = InClear },
        ["behind its content"] = new() { BehindExplicit = InClear },
        ["unprotectedAttrs"] = new() { BehindEnveloped = Tlv.Of(0xa1, InClear) },
        ["unauthAttrs"] = new() { IsAuthenticated = true, BehindEnveloped = Tlv.Of(0xa2, InClear) },
        ["authAttrs"] = new() { IsAuthenticated = true, Mac = [.. Tlv.Of(0xa1, InClear), .. Tlv.Octets(new byte[16])] },
        ["behind the encrypted content"] = new() { BehindEncryptedContent = InClear },
        ["behind the cipher"] = new() { BehindAlgorithm = InClear },
        ["behind the parameters"] = new() { IsAuthenticated = true, BehindParameters = InClear },
        ["originatorInfo"] = new() { BehindVersion = Tlv.Of(0xa0, InClear) },
        ["version 1"] = new() { Version = Tlv.Integer(1) },
        ["version 2 of AuthEnvelopedData"] = new() { IsAuthenticated = true, Version = Tlv.Integer(2) },
        ["a large version"] = new() { Version = Tlv.Of(0x02, [.. Enumerable.Repeat((byte)1, 2_000)]) },
        ["recipient of version 1"] = Sealed(SenderCms.Transport(version: 1)),
        ["a name by version 2"] = Sealed(SenderCms.Transport(version: 2)),
        ["behind the name"] = Sealed(SenderCms.Transport(identifier: Tlv.Sequence(SenderCms.Name(Rsa), InClear))),
        ["no key algorithm and no key"] = Sealed(Tlv.Sequence(Tlv.Integer(0), SenderCms.Name(Rsa))),
        ["a key of no length"] = Sealed(SenderCms.Transport(key: Tlv.Octets([]))),
        ["a key of another length"] = Sealed(SenderCms.Transport(key: Tlv.Octets(new byte[128]))),
        ["behind the key"] = Sealed(SenderCms.Transport(behind: InClear)),
        ["an unknown transport"] = Sealed(SenderCms.Transport(algorithm: Tlv.Sequence(Tlv.Oid("1.2.3.4"), [5, 0]))),
        ["something in place of NULL"] = Sealed(SenderCms.Transport(algorithm: Tlv.Sequence(Tlv.Oid(SenderCms.RsaEncryption), InClear))),
        ["behind NULL"] = Sealed(SenderCms.Transport(algorithm: Tlv.Sequence(Tlv.Oid(SenderCms.RsaEncryption), [5, 0], InClear))),
        ["OAEP without parameters"] = Sealed(SenderCms.Transport(algorithm: Tlv.Sequence(Tlv.Oid("1.2.840.113549.1.1.7")))),
        ["OAEP with a label"] = Sealed(SenderCms.Transport(algorithm: Oaep(Tlv.Of(0xa2, Tlv.Sequence(Tlv.Oid("1.2.840.113549.1.1.9"), InClear))))),
        ["OAEP with two hashes"] = Sealed(SenderCms.Transport(algorithm: Oaep(Mask(Sha256)))),
        ["a curve's certificate by transport"] = Sealed(SenderCms.Transport(Curve)),
        ["an RSA certificate by agreement"] = Sealed(SenderCms.Agreement(Rsa)),
        ["agreement of version 2"] = Sealed(SenderCms.Agreement(version: 2)),
        ["an originator by name"] = Sealed(SenderCms.Agreement(originator: SenderCms.Name(Curve))),
        ["a point of another curve"] = Sealed(SenderCms.Agreement(originator: Tlv.Of(0xa1, Tlv.Sequence(Tlv.Oid("1.2.840.10045.2.1")), Tlv.Of(0x03, [0, 4, .. new byte[96]])))),
        ["much keying material"] = Sealed(SenderCms.Agreement(material: Tlv.Of(0xa1, Tlv.Octets(new byte[65])))),
        ["behind an agreed key"] = Sealed(SenderCms.Agreement(behindKey: InClear)),
        ["behind an agreement"] = Sealed(SenderCms.Agreement(behind: InClear)),
        ["a password too"] = Sealed(SenderCms.Transport(), Tlv.Of(0xa3, Tlv.Integer(0), InClear)),
        ["another kind too"] = Sealed(SenderCms.Transport(), Tlv.Of(0xa4, Tlv.Oid("1.2.3.4"), InClear)),
        ["nobody"] = Sealed(),
        ["strangers only"] = Sealed(SenderCms.Transport(TestKeys.First.Certificate, key: Tlv.Octets(new byte[384]))),
        ["more than the browser reads"] = Sealed([.. Enumerable.Repeat(SenderCms.Transport(), 1_001)]),
        ["more in one agreement than the browser reads"] = Sealed(SenderCms.Agreement(keys: 1_001)),
        ["no content"] = new() { Content = [] },
        ["many small pieces"] = new() { Content = Tlv.Of(0xa0, [.. Enumerable.Repeat(Tlv.Octets(new byte[16]), 100_001)]) },
    };

    private static byte[] Sha256 => Tlv.Sequence(Tlv.Oid("2.16.840.1.101.3.4.2.1"), [5, 0]);

    public static TheoryData<string> Known => [.. Usual.Keys];

    public static TheoryData<string> Doubtful => [.. Unusual.Keys];

    [Theory]
    [MemberData(nameof(Known))]
    public void TryRead_KnownToItsEnd_IsForTheCertificateThatItNames(string kind)
    {
        var read = SenderEnvelope.TryRead(Usual[kind].Build(), [TestKeys.Curve384.Certificate, Rsa, Curve]);
        Assert.Equal([kind.StartsWith("key agreement", StringComparison.Ordinal) ? Curve : Rsa], read!.Readers);
    }

    [Theory]
    [MemberData(nameof(Doubtful))]
    public void TryRead_AnyPartThatIsNotKnown_IsNull(string kind) => Assert.Null(SenderEnvelope.TryRead(Unusual[kind].Build(), [Rsa, Curve]));

    // A structure that is all length costs its reader no more than its own size again.
    [Fact]
    public void TryRead_LargeNumbersAndStrings_AreNotCopied()
    {
        byte[] large = Tlv.Octets(new byte[8 * 1024 * 1024]);
        byte[] number = Tlv.Of(0x02, [.. Enumerable.Repeat((byte)1, 8 * 1024 * 1024)]);
        foreach (var cms in new[]
        {
            new SenderCms { Version = number }, new SenderCms { IsAuthenticated = true, Mac = large }, Sealed(SenderCms.Transport(key: large)),
            Sealed(SenderCms.Transport(identifier: Tlv.Sequence(Rsa.IssuerName.ToArray(), number))),
        })
        {
            var der = cms.Build();
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Null(SenderEnvelope.TryRead(der, [Rsa]));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
        }
    }

    private static SenderCms Sealed(params byte[][] recipients) => new() { Recipients = recipients };

    private static byte[] Oaep(params byte[][] parameters) => Tlv.Sequence(Tlv.Oid("1.2.840.113549.1.1.7"), Tlv.Sequence(parameters));

    private static byte[] Mask(byte[] hash) => Tlv.Of(0xa1, Tlv.Sequence(Tlv.Oid("1.2.840.113549.1.1.8"), hash));
}
