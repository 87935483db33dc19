namespace Portal.Smime.Tests.Support;

/// <summary>
/// EnvelopedData and AuthEnvelopedData as a sender might write them, part by part; unless told otherwise as they should be. The octets are
/// no ciphertext: that is nothing which a reader without a key could tell.
/// </summary>
internal sealed record SenderCms
{
    public const string RsaEncryption = "1.2.840.113549.1.1.1";
    public const string StdDhSha256 = "1.3.132.1.11.1";

    public bool IsAuthenticated { get; init; }

    public byte[] Version { get; init; } = Tlv.Integer(0);

    public IReadOnlyList<byte[]> Recipients { get; init; } = [Transport()];

    public byte[] Content { get; init; } = Tlv.Of(0x80, new byte[32]);

    public byte[] Mac { get; init; } = Tlv.Octets(new byte[16]);

    public byte[] BehindVersion { get; init; } = [];

    public byte[] BehindContentInfo { get; init; } = [];

    public byte[] BehindExplicit { get; init; } = [];

    public byte[] BehindEnveloped { get; init; } = [];

    public byte[] BehindEncryptedContent { get; init; } = [];

    public byte[] BehindAlgorithm { get; init; } = [];

    public byte[] BehindParameters { get; init; } = [];

    public byte[] Build()
    {
        var algorithm = IsAuthenticated
            ? Tlv.Sequence(Tlv.Oid("2.16.840.1.101.3.4.1.46"), Tlv.Sequence(Tlv.Octets(new byte[12]), Tlv.Integer(16), BehindParameters), BehindAlgorithm)
            : Tlv.Sequence(Tlv.Oid("2.16.840.1.101.3.4.1.42"), Tlv.Octets(new byte[16]), BehindAlgorithm);
        var enveloped = Tlv.Sequence(
            Version,
            BehindVersion,
            Tlv.Set([.. Recipients]),
            Tlv.Sequence(Tlv.Oid("1.2.840.113549.1.7.1"), algorithm, Content, BehindEncryptedContent),
            IsAuthenticated ? Mac : [],
            BehindEnveloped);
        return Tlv.Sequence(
            Tlv.Oid(IsAuthenticated ? "1.2.840.113549.1.9.16.1.23" : "1.2.840.113549.1.7.3"), Tlv.Of(0xa0, enveloped, BehindExplicit), BehindContentInfo);
    }

    /// <summary>KeyTransRecipientInfo by name.</summary>
    public static byte[] Transport(
        MailCertificate? certificate = null, byte version = 0, byte[]? identifier = null, byte[]? algorithm = null, byte[]? key = null, byte[]? behind = null) =>
        Tlv.Sequence(
            Tlv.Integer(version),
            identifier ?? Name(certificate ?? TestKeys.Second.Certificate),
            algorithm ?? Tlv.Sequence(Tlv.Oid(RsaEncryption), [5, 0]),
            key ?? Tlv.Octets(new byte[256]),
            behind ?? []);

    /// <summary>KeyAgreeRecipientInfo by name, for a key on P-256.</summary>
    public static byte[] Agreement(
        MailCertificate? certificate = null, byte version = 3, int keys = 1, byte[]? originator = null, byte[]? material = null, byte[]? behindKey = null, byte[]? behind = null)
    {
        var one = Tlv.Sequence(Name(certificate ?? TestKeys.Curve256.Certificate), Tlv.Octets(new byte[40]), behindKey ?? []);
        return Tlv.Of(
            0xa1,
            Tlv.Integer(version),
            Tlv.Of(0xa0, originator ?? Tlv.Of(0xa1, Tlv.Sequence(Tlv.Oid("1.2.840.10045.2.1")), Tlv.Of(0x03, [0, 4, .. new byte[64]]))),
            material ?? [],
            Tlv.Sequence(Tlv.Oid(StdDhSha256), Tlv.Sequence(Tlv.Oid(KeyAgreement.Aes256WrapOid))),
            Tlv.Sequence([.. Enumerable.Repeat(one, keys)]),
            behind ?? []);
    }

    public static byte[] Name(MailCertificate certificate) => Tlv.Sequence(certificate.IssuerName.ToArray(), certificate.SerialNumber.ToArray());
}
