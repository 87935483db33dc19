using System.Buffers;
using System.Formats.Asn1;
using System.Security.Cryptography;
using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Sealing;

public sealed class InteroperabilityTests
{
    private static readonly byte[] Original = Sequences.Bytes(
        "From: A <a@sender.example>\r\nTo: first@vault.example\r\nSubject: Hello\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBody\r\n");

    [Fact]
    public void Seal_OpenedByOpenSslAsDer_GivesTheOriginalBack()
    {
        using var message = Sealed.Seal(Original);
        var inner = OpenSsl.Decrypt(message.Der.ToArray(), "DER", TestKeys.First);
        Assert.Equal(Original, AddedLines.Remove(inner, message.OuterHeaders));
    }

    [Fact]
    public void Seal_OpenedByOpenSslAsMail_GivesTheOriginalBack()
    {
        using var message = Sealed.Seal(Original);
        var mail = new ArrayBufferWriter<byte>();
        OuterMessage.Write(message.OuterHeaders, message.Der.Span, mail);
        var inner = OpenSsl.Decrypt(mail.WrittenSpan.ToArray(), "SMIME", TestKeys.First);
        Assert.Equal(Original, AddedLines.Remove(inner, message.OuterHeaders));
    }

    [Theory]
    [InlineData(0, "1.2.840.113549.1.1.1")]
    [InlineData(1, "1.2.840.113549.1.1.7")]
    public void Seal_EitherRecipientInfoAlone_OpensInOpenSslAndDotNet(int index, string algorithm)
    {
        using var message = Sealed.Seal(Original);
        var inner = Sealed.Open(message, index);
        Assert.Equal(inner, OpenSsl.Decrypt(KeepRecipientInfo(message.Der, index, algorithm), "DER", TestKeys.First));
        Assert.Equal(Original, AddedLines.Remove(inner, message.OuterHeaders));
    }

    [Fact]
    public void Seal_ForTwoCertificates_EachKeyOpensIt()
    {
        using var message = MessageSealer.Seal(Sealed.Request(Original) with { Recipients = [TestKeys.First.Certificate, TestKeys.Second.Certificate] });
        foreach (var identity in new[] { TestKeys.First, TestKeys.Second })
        {
            Assert.Equal(Original, AddedLines.Remove(OpenSsl.Decrypt(message.Der.ToArray(), "DER", identity), message.OuterHeaders));
        }

        Assert.Equal([TestKeys.First.Certificate.FingerprintSha256, TestKeys.Second.Certificate.FingerprintSha256], message.Fingerprints);
    }

    [Fact]
    public void Seal_Structure_IsStrictDerWithOnePrimitiveContentAtTheEnd()
    {
        using var message = Sealed.Seal(Original);
        var reader = new AsnReader(message.Der, AsnEncodingRules.DER);
        var contentInfo = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        Assert.Equal("1.2.840.113549.1.7.3", contentInfo.ReadObjectIdentifier());
        var enveloped = contentInfo.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
        contentInfo.ThrowIfNotEmpty();
        Assert.Equal(0, enveloped.ReadInteger());
        enveloped.ReadSetOf();
        var encrypted = enveloped.ReadSequence();
        enveloped.ThrowIfNotEmpty();
        Assert.Equal("1.2.840.113549.1.7.1", encrypted.ReadObjectIdentifier());
        Assert.Equal("2.16.840.1.101.3.4.1.42", encrypted.ReadSequence().ReadObjectIdentifier());
        var content = encrypted.ReadOctetString(new Asn1Tag(TagClass.ContextSpecific, 0));
        encrypted.ThrowIfNotEmpty();

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), message.ContentSha256);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(message.Der.Span)), message.DerSha256);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(message.Summary!)), message.SummarySha256);
        Assert.Equal("AES-256-CBC", message.Cipher);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(127)]
    [InlineData(255)]
    [InlineData(65_000)]
    [InlineData(17_000_000)]
    public void Seal_AnySize_OpensInOpenSsl(int size)
    {
        var original = new byte[size];
        RandomNumberGenerator.Fill(original);
        using var message = MessageSealer.Seal(Sealed.Request(original, pieceSize: 4093));
        Assert.Equal(original, AddedLines.Remove(OpenSsl.Decrypt(message.Der.ToArray(), "DER", TestKeys.First), message.OuterHeaders));
    }

    // Takes the other recipient infos out, so that only this one can have opened the message.
    private static byte[] KeepRecipientInfo(ReadOnlyMemory<byte> der, int index, string algorithm)
    {
        var contentInfo = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        var oid = contentInfo.ReadObjectIdentifier();
        var enveloped = contentInfo.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
        var version = enveloped.ReadEncodedValue();
        var set = enveloped.ReadSetOf();
        for (var skipped = 0; skipped < index; skipped++)
        {
            set.ReadEncodedValue();
        }

        var kept = set.ReadEncodedValue();
        var parts = new AsnReader(kept, AsnEncodingRules.DER).ReadSequence();
        parts.ReadInteger();
        parts.ReadSequence();
        Assert.Equal(algorithm, parts.ReadSequence().ReadObjectIdentifier());

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(version.Span);
                using (writer.PushSetOf())
                {
                    writer.WriteEncodedValue(kept.Span);
                }

                writer.WriteEncodedValue(enveloped.ReadEncodedValue().Span);
            }
        }

        return writer.Encode();
    }
}
