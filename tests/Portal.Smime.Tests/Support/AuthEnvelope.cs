using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Portal.Smime.Tests.Support;

/// <summary>AuthEnvelopedData (RFC 5083) taken apart as strict DER, by other means than those that wrote it.</summary>
internal sealed record AuthEnvelope(IReadOnlyList<(string Algorithm, byte[] Key)> EncryptedKeys, byte[] Nonce, byte[] Content, byte[] Mac)
{
    public static AuthEnvelope Read(ReadOnlyMemory<byte> der)
    {
        var reader = new AsnReader(der, AsnEncodingRules.DER);
        var contentInfo = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        Assert.Equal("1.2.840.113549.1.9.16.1.23", contentInfo.ReadObjectIdentifier());
        var enveloped = contentInfo.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
        contentInfo.ThrowIfNotEmpty();
        Assert.Equal(0, enveloped.ReadInteger());
        var keys = ReadKeys(enveloped.ReadSetOf());

        var encrypted = enveloped.ReadSequence();
        Assert.Equal("1.2.840.113549.1.7.1", encrypted.ReadObjectIdentifier());
        var algorithm = encrypted.ReadSequence();
        Assert.Equal("2.16.840.1.101.3.4.1.46", algorithm.ReadObjectIdentifier());
        var parameters = algorithm.ReadSequence();
        algorithm.ThrowIfNotEmpty();
        var nonce = parameters.ReadOctetString();
        Assert.Equal((12, 16), (nonce.Length, (int)parameters.ReadInteger()));
        parameters.ThrowIfNotEmpty();
        var content = encrypted.ReadOctetString(new Asn1Tag(TagClass.ContextSpecific, 0));
        encrypted.ThrowIfNotEmpty();

        var mac = enveloped.ReadOctetString();
        enveloped.ThrowIfNotEmpty();
        return new AuthEnvelope(keys, nonce, content, mac);
    }

    public byte[] Open(int recipientInfo, RSA key)
    {
        var (algorithm, encrypted) = EncryptedKeys[recipientInfo];
        var padding = algorithm == "1.2.840.113549.1.1.1" ? RSAEncryptionPadding.Pkcs1 : RSAEncryptionPadding.OaepSHA256;
        using var aes = new AesGcm(key.Decrypt(encrypted, padding), Mac.Length);
        var plain = new byte[Content.Length];
        aes.Decrypt(Nonce, Content, Mac, plain);
        return plain;
    }

    private static List<(string Algorithm, byte[] Key)> ReadKeys(AsnReader set)
    {
        List<(string Algorithm, byte[] Key)> keys = [];
        while (set.HasData)
        {
            var recipient = set.ReadSequence();
            Assert.Equal(0, recipient.ReadInteger());
            recipient.ReadSequence();
            keys.Add((recipient.ReadSequence().ReadObjectIdentifier(), recipient.ReadOctetString()));
            recipient.ThrowIfNotEmpty();
        }

        return keys;
    }
}
