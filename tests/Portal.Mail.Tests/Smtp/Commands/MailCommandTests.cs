using Portal.Mail.Backends;
using Portal.Mail.Smtp.Commands;

namespace Portal.Mail.Tests.Smtp.Commands;

public sealed class MailCommandTests
{
    [Theory]
    [InlineData("FROM:<>", "")]
    [InlineData("FROM: <>", "")]
    [InlineData("FROM:<a@Example.NET>", "a@example.net")]
    [InlineData("from:<A.b+c@example.net>", "A.b+c@example.net")]
    [InlineData("FROM:<\"a b\"@example.net>", "\"a b\"@example.net")]
    [InlineData("FROM:<\"plain\"@example.net>", "plain@example.net")]
    [InlineData("FROM:<\"q\\\"\\\\\"@example.net>", "\"q\\\"\\\\\"@example.net")]
    [InlineData("FROM:<@relay.example,@other.example:a@example.net>", "a@example.net")]
    [InlineData("FROM:<a@[192.0.2.1]>", "a@[192.0.2.1]")]
    [InlineData("FROM:<a@under_score.example>", "a@under_score.example")]
    public void Parse_ReversePath_GivesOneSpelling(string rest, string address) =>
        Assert.Equal(address, Sender(rest).Address);

    [Fact]
    public void Parse_AllParameters_AreRead()
    {
        var sender = Sender("FROM:<j\u00F6rg@b\u00FCcher.example> size=12345 Body=8bitmime SMTPUTF8");

        Assert.Equal(new MailSender("j\u00F6rg@xn--bcher-kva.example", 12345, EightBit: true, SmtpUtf8: true), sender);
    }

    [Theory]
    [InlineData("FROM:<a@b> SIZE=0", 0L)]
    [InlineData("FROM:<a@b>  SIZE=00000000000000000001", 1L)]
    [InlineData("FROM:<a@b> SIZE=99999999999999999999", long.MaxValue)]
    public void Parse_Size_IsReadUpToTwentyDigits(string rest, long size) => Assert.Equal(size, Sender(rest).DeclaredSize);

    [Fact]
    public void Parse_SevenBit_IsNotEightBit() => Assert.False(Sender("FROM:<a@b> BODY=7BIT").EightBit);

    [Theory]
    [InlineData("", "sender_malformed")]
    [InlineData("<a@b>", "sender_malformed")]
    [InlineData("TO:<a@b>", "sender_malformed")]
    [InlineData("FROM:a@b", "sender_malformed")]
    [InlineData("FROM:<a@b", "sender_malformed")]
    [InlineData("FROM:<a>", "sender_malformed")]
    [InlineData("FROM:<postmaster>", "sender_malformed")]
    [InlineData("FROM:<a@b>SIZE=1", "sender_malformed")]
    [InlineData("FROM:<a@b> SIZE", "parameter_malformed")]
    [InlineData("FROM:<a@b> SIZE=", "parameter_malformed")]
    [InlineData("FROM:<a@b> SIZE=-1", "parameter_malformed")]
    [InlineData("FROM:<a@b> SIZE=1x", "parameter_malformed")]
    [InlineData("FROM:<a@b> SIZE=123456789012345678901", "parameter_malformed")]
    [InlineData("FROM:<a@b> SIZE=1 SIZE=1", "parameter_malformed")]
    [InlineData("FROM:<a@b> BODY=BINARYMIME", "parameter_malformed")]
    [InlineData("FROM:<a@b> BODY=7BIT BODY=8BITMIME", "parameter_malformed")]
    [InlineData("FROM:<a@b> SMTPUTF8=yes", "parameter_malformed")]
    [InlineData("FROM:<a@b> SMTPUTF8 smtputf8", "parameter_malformed")]
    [InlineData("FROM:<a@b> AUTH=<>", "parameter_unknown")]
    [InlineData("FROM:<a@b> RET=HDRS", "parameter_unknown")]
    [InlineData("FROM:<j\u00F6rg@b>", "sender_needs_smtputf8")]
    [InlineData("FROM:<a@b\u00FCcher.example> BODY=8BITMIME", "sender_needs_smtputf8")]
    public void Parse_Malformed_GivesTheReason(string rest, string reason) =>
        Assert.Equal(reason, MailCommand.Parse(rest).Refusal?.Reason);

    private static MailSender Sender(string rest) => Assert.IsType<MailCommand>(MailCommand.Parse(rest).Command).Sender;
}
