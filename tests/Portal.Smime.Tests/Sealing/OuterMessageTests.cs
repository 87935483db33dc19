using System.Buffers;
using MimeKit;
using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Sealing;

public sealed class OuterMessageTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(56)]
    [InlineData(57)]
    [InlineData(58)]
    [InlineData(5700)]
    [InlineData(100_001)]
    public void Write_AnyLength_IsBase64In76ColumnsOfTheStatedLength(int length)
    {
        var der = new byte[length];
        System.Security.Cryptography.RandomNumberGenerator.Fill(der);
        var output = new ArrayBufferWriter<byte>();
        OuterMessage.Write("Subject: \u00e4\r\n", der, output);

        var text = System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
        Assert.StartsWith("Subject: \u00e4\r\n\r\n", text, StringComparison.Ordinal);
        var body = text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.Equal(Convert.ToBase64String(der, Base64FormattingOptions.InsertLineBreaks) + (length == 0 ? "" : "\r\n"), body);
        Assert.Equal(OuterMessage.Length("Subject: \u00e4\r\n", length), output.WrittenCount);
    }

    [Theory]
    [InlineData(ContentCipher.Aes256Cbc, "enveloped-data")]
    [InlineData(ContentCipher.Aes256Gcm, "authEnveloped-data")]
    public void Write_ReadByMimeKit_IsAnEnvelopedMessage(ContentCipher cipher, string smimeType)
    {
        using var message = MessageSealer.Seal(Sealed.Request(Corpus.Get("plain")) with { Cipher = cipher });
        var output = new ArrayBufferWriter<byte>();
        OuterMessage.Write(message.OuterHeaders, message.Der.Span, output);
        using var stream = new MemoryStream(output.WrittenSpan.ToArray());
        var mail = MimeMessage.Load(stream, TestContext.Current.CancellationToken);

        Assert.Equal("application/pkcs7-mime", mail.Body!.ContentType.MimeType);
        Assert.Equal(smimeType, mail.Body.ContentType.Parameters["smime-type"]);
        Assert.Equal("smime.p7m", mail.Body.ContentType.Name);
        Assert.True(mail.Body.ContentDisposition!.IsAttachment);
        Assert.Equal("smime.p7m", mail.Body.ContentDisposition.FileName);
        using var content = new MemoryStream();
        ((MimeKit.MimePart)mail.Body).Content!.DecodeTo(content, TestContext.Current.CancellationToken);
        Assert.Equal(message.Der.ToArray(), content.ToArray());
    }
}
