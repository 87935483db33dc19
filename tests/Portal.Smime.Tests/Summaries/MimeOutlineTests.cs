using MimeKit;
using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Summaries;

public sealed class MimeOutlineTests
{
    [Theory]
    [InlineData("text/plain", "  Hello \r\n\r\n world  ", "Hello world")]
    [InlineData("text/plain; charset=koi8-r", "\u00f0\u00d2\u00c9\u00d7\u00c5\u00d4", "Привет")]
    [InlineData("text/plain; charset=nonsense", "caf\u00c3\u00a9", "café")]
    [InlineData("text/plain; charset=utf-7", "plain", "plain")]
    [InlineData("text/html; charset=utf-8", "<html><head><title>t</title><style>p{}</style></head><body><p>A &amp; B</p><script>x()</script><!-- c --><b>C</b>", "A & B C")]
    [InlineData("text/html", "<style>unclosed", "")]
    [InlineData("text/markdown", "*text*", "*text*")]
    public void Read_TextPart_GivesTheFirstWords(string type, string body, string expected) =>
        Assert.Equal(expected, Sealed.Summary($"Content-Type: {type}\r\n\r\n{body}").GetProperty("text").GetString());

    [Fact]
    public void Read_LongText_IsCutWithoutSplittingAPair()
    {
        var text = Sealed.Summary(System.Text.Encoding.UTF8.GetBytes("Content-Type: text/plain; charset=utf-8\r\n\r\nx" + string.Concat(Enumerable.Repeat("😀", 100)))).GetProperty("text").GetString()!;
        Assert.Equal(139, text.Length);
        Assert.EndsWith("😀", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EmptyPlainBesideHtml_TakesTheHtml() =>
        Assert.Equal("html", Sealed.Summary("Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\n \r\n--b\r\nContent-Type: text/html\r\n\r\n<p>html\r\n--b--").GetProperty("text").GetString());

    [Fact]
    public void Read_SignaturesAndEmbeddedPictures_AreNoAttachments()
    {
        const string Message = "Content-Type: multipart/signed; boundary=s\r\n\r\n--s\r\nContent-Type: multipart/related; boundary=r\r\n\r\n"
            + "--r\r\nContent-Type: text/html\r\n\r\n<img src=cid:1>\r\n--r\r\nContent-Type: image/png; name=logo.png\r\nContent-ID: <1>\r\n\r\nx\r\n--r--\r\n"
            + "--s\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nx\r\n--s--\r\n";
        Assert.Equal(0, Sealed.Summary(Message).GetProperty("attachments").GetArrayLength());
    }

    [Fact]
    public void Read_EncryptedMail_IsOneAttachment()
    {
        var attachment = Sealed.Summary(Corpus.Get("encrypted already")).GetProperty("attachments")[0];
        Assert.Equal("smime.p7m", attachment.GetProperty("name").GetString());
        Assert.Equal("application/pkcs7-mime", attachment.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(4096)]
    public void Read_MessagesMadeByMimeKit_ListsTheSameAttachments(int pieceSize)
    {
        for (var count = 0; count < 6; count++)
        {
            var builder = new BodyBuilder { TextBody = "text", HtmlBody = "<p>html</p>" };
            for (var number = 0; number < count; number++)
            {
                var content = new byte[(number * 1009) + number];
                content.AsSpan().Fill((byte)number);
                builder.Attachments.Add($"file {number} – {new string('ü', number * 9)}.bin", content, MimeKit.ContentType.Parse("application/octet-stream"));
            }

            using var mail = new MimeMessage { Body = builder.ToMessageBody() };
            mail.Body!.Prepare(EncodingConstraint.SevenBit);
            using var stream = new MemoryStream();
            mail.WriteTo(stream, TestContext.Current.CancellationToken);
            var summary = Sealed.Summary(stream.ToArray(), pieceSize);
            Assert.Equal("text", summary.GetProperty("text").GetString());
            Assert.Equal(
                Enumerable.Range(0, count).Select(static number => ($"file {number} – {new string('ü', number * 9)}.bin", (long)((number * 1009) + number))),
                summary.GetProperty("attachments").EnumerateArray().Select(static file => (file.GetProperty("name").GetString()!, file.GetProperty("size").GetInt64())));
        }
    }

    [Fact]
    public void Read_EightTimesTheInput_LooksIntoItEightTimesAsOften()
    {
        var (once, eight) = (Looks(lines: 2_000), Looks(lines: 16_000));

        // Each line is looked into a few times, however many stand before and behind it; quadratic would be 64.
        Assert.InRange(once, 2_000, 40_000);
        Assert.InRange((double)eight / once, 7, 9);
    }

    /// <summary>Lines that look like delimiters, under as many open boundaries as are looked at.</summary>
    private static long Looks(int lines)
    {
        var message = CountedPieces.Of(
            Sequences.Bytes(
                string.Concat(Enumerable.Range(0, 30).Select(static level => $"Content-Type: multipart/mixed; boundary={new string('-', 150)}{level}\r\n\r\n--{new string('-', 150)}{level}\r\n"))
                + "\r\n" + string.Concat(Enumerable.Repeat("--" + new string('-', 151) + "\r\n", lines))),
            pieceSize: 256);
        using var header = HeaderSection.Read(message.Sequence, 64 * 1024);
        var before = message.Looks;
        MimeOutline.Read(message.Sequence, header);
        return message.Looks - before;
    }
}
