using System.Buffers;
using System.Security.Cryptography;
using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Sealing;

public sealed class AuthEnvelopedDataTests
{
    private static readonly byte[] Original = Sequences.Bytes("From: a@sender.example\r\nSubject: Hello\r\nContent-Type: text/plain\r\n\r\nBody\r\n");

    private static SealingRequest Request(byte[] original, int pieceSize = int.MaxValue) =>
        Sealed.Request(original, pieceSize) with { Cipher = ContentCipher.Aes256Gcm };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(65_000)]
    [InlineData(17_000_000)]
    public void Seal_AnySize_OpensInOpenSsl(int size)
    {
        var original = new byte[size];
        RandomNumberGenerator.Fill(original);
        using var message = MessageSealer.Seal(Request(original, pieceSize: 4093));
        Assert.Equal(original, AddedLines.Remove(OpenSsl.Decrypt(message.Der.ToArray(), "DER", TestKeys.First), message.OuterHeaders));
    }

    [Fact]
    public void Seal_OpenedByOpenSslAsMail_GivesTheOriginalBack()
    {
        using var message = MessageSealer.Seal(Request(Original));
        var mail = new ArrayBufferWriter<byte>();
        OuterMessage.Write(message.OuterHeaders, message.Der.Span, mail);
        Assert.Equal(Original, AddedLines.Remove(OpenSsl.Decrypt(mail.WrittenSpan.ToArray(), "SMIME", TestKeys.First), message.OuterHeaders));
    }

    [Fact]
    public void Seal_ForTwoCertificates_EachOfFourRecipientInfosOpensIt()
    {
        using var message = MessageSealer.Seal(Request(Original) with { Recipients = [TestKeys.First.Certificate, TestKeys.Second.Certificate] });
        var envelope = AuthEnvelope.Read(message.Der);
        Assert.Equal(4, envelope.EncryptedKeys.Count);
        for (var index = 0; index < 4; index++)
        {
            // DER sorts them; the keys are told apart by their length.
            var isFirst = envelope.EncryptedKeys[index].Key.Length * 8 == TestKeys.First.PrivateKey.KeySize;
            var opened = envelope.Open(index, (isFirst ? TestKeys.First : TestKeys.Second).PrivateKey);
            Assert.Equal(Original, AddedLines.Remove(opened, message.OuterHeaders));
        }
    }

    [Fact]
    public void Seal_Hashes_AreOfTheContentWithoutTheTagAndOfTheWholeDer()
    {
        using var message = MessageSealer.Seal(Request(Original));
        var envelope = AuthEnvelope.Read(message.Der);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(envelope.Content)), message.ContentSha256);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(message.Der.Span)), message.DerSha256);
        Assert.True(message.Der.Span.EndsWith(envelope.Mac));
        Assert.Equal("AES-256-GCM", message.Cipher);
    }

    [Fact]
    public void Seal_Summary_IsBoundToTheContent()
    {
        var request = Request(Original);
        using var message = MessageSealer.Seal(request);
        Assert.Contains("\"Hello\"", System.Text.Encoding.UTF8.GetString(Sealed.OpenSummary(message, request)), StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_NotFinished_LeavesNoPlaintextInTheTarget()
    {
        var target = new byte[64];
        using (var encryptor = ContentEncryptor.Create(ContentCipher.Aes256Gcm, new byte[32], new byte[12], target, start: 8))
        {
            encryptor.Append("never to be seen"u8.ToArray());
            Assert.Contains((byte)'s', target);
        }

        Assert.All(target, static one => Assert.Equal(0, one));
    }

    [Theory]
    [InlineData("aes-256-cbc", ContentCipher.Aes256Cbc)]
    [InlineData("aes-256-gcm", ContentCipher.Aes256Gcm)]
    [InlineData("AES-256-GCM", null)]
    [InlineData("", null)]
    public void Parse_NameOfASetting_IsTheCipher(string text, ContentCipher? expected) => Assert.Equal(expected, ContentCiphers.Parse(text));
}
