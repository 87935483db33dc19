using System.Buffers;
using System.Text;
using Portal.Mail.Backends;
using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Tests.Smtp.Replies;

public sealed class ReplyWriterTests
{
    [Fact]
    public void Write_OneLine_CarriesBothCodes() =>
        Assert.Equal("550 5.1.1 No such user\r\n", Written(new SmtpReply(550, new(5, 1, 1), "No such user")));

    [Fact]
    public void Write_WithoutEnhanced_LeavesItOut() =>
        Assert.Equal("550 No such user\r\n", Written(new SmtpReply(550, new(5, 1, 1), "No such user"), withEnhanced: false));

    [Fact]
    public void Write_SeveralLines_OnlyTheLastEndsTheReply() =>
        Assert.Equal("250-mx\r\n250-SIZE 5\r\n250 HELP\r\n", Written(new SmtpReply(250, null, "mx"), ["SIZE 5", "HELP"]));

    [Fact]
    public void Write_LineBreaksInText_CannotForgeAReply() =>
        Assert.Equal("451 4.3.0 a??250 ok????\r\n", Written(new SmtpReply(451, new(4, 3, 0), "a\r\n250 ok\0\u00E9\u2028\t")));

    [Fact]
    public void Write_LongText_StaysWithin512Octets() =>
        Assert.InRange(Written(new SmtpReply(450, new(4, 999, 999), new string('x', 5000))).Length, 480, 512);

    [Fact]
    public void Write_PrivateCause_IsNeverSent() =>
        Assert.DoesNotContain("secret", Written(new SmtpReply(451, null, "no") { PrivateCause = "secret" }), StringComparison.Ordinal);

    private static string Written(SmtpReply reply, IReadOnlyList<string>? more = null, bool withEnhanced = true)
    {
        var output = new ArrayBufferWriter<byte>();
        ReplyWriter.Write(output, reply, more, withEnhanced);
        return Encoding.Latin1.GetString(output.WrittenSpan);
    }
}
