using Portal.Mail.Backends;
using Portal.Mail.Smtp.Commands;

namespace Portal.Mail.Tests.Smtp.Commands;

public sealed class RcptCommandTests
{
    [Theory]
    [InlineData("TO:<Alice@Example.ORG>", "Alice", "example.org")]
    [InlineData("to: <a@b>", "a", "b")]
    [InlineData("TO:<Postmaster>", "Postmaster", "")]
    [InlineData("TO:<postmaster@example.org>", "postmaster", "example.org")]
    [InlineData("TO:<@a.example,@[192.0.2.1]:bob@example.org>", "bob", "example.org")]
    [InlineData("TO:<\"a@b\"@example.org>", "a@b", "example.org")]
    [InlineData("TO:<\"a b\\\"c\"@example.org>", "a b\"c", "example.org")]
    [InlineData("TO:<\"<x>\"@example.org>", "<x>", "example.org")]
    [InlineData("TO:<user%other.example@example.org>", "user%other.example", "example.org")]
    [InlineData("TO:<a@[192.0.2.1]>", "a", "[192.0.2.1]")]
    [InlineData("TO:<a@[IPv6:2001:DB8:0::1]>", "a", "[ipv6:2001:db8::1]")]
    [InlineData("TO:<a@xn--bcher-kva.example>", "a", "xn--bcher-kva.example")]
    [InlineData("TO:<a@B\u00DCCHER.example>", "a", "xn--bcher-kva.example")]
    [InlineData("TO:<\u7528\u6237@example.org>", "\u7528\u6237", "example.org")]
    public void Parse_ForwardPath_GivesTheRecipient(string rest, string localPart, string domain)
    {
        var command = Assert.IsType<RcptCommand>(RcptCommand.Parse(rest).Command);

        Assert.Equal(new RecipientAddress(localPart, domain), command.Recipient);
        Assert.Equal(System.Text.Ascii.IsValid(rest), command.IsAscii);
    }

    [Theory]
    [InlineData("TO:<>")]
    [InlineData("TO:<alice>")]
    [InlineData("TO:<@example.org>")]
    [InlineData("TO:<a@>")]
    [InlineData("TO:<a@b@c>")]
    [InlineData("TO:<.a@b>")]
    [InlineData("TO:<a.@b>")]
    [InlineData("TO:<a..b@c>")]
    [InlineData("TO:<a b@c>")]
    [InlineData("TO:<a@-b>")]
    [InlineData("TO:<a@b->")]
    [InlineData("TO:<a@b..c>")]
    [InlineData("TO:<a@.b>")]
    [InlineData("TO:<a@b.>")]
    [InlineData("TO:<a@b c>")]
    [InlineData("TO:<a@b>x")]
    [InlineData("TO:<\"a@b>")]
    [InlineData("TO:<\"\"@b>")]
    [InlineData("TO:<\"a\"b@c>")]
    [InlineData("TO:<\"a\\")]
    [InlineData("TO:<a@[192.0.2]>")]
    [InlineData("TO:<a@[192.0.2.256]>")]
    [InlineData("TO:<a@[192.0.02.1]>")]
    [InlineData("TO:<a@[2001:db8::1]>")]
    [InlineData("TO:<a@[IPv6:192.0.2.1]>")]
    [InlineData("TO:<a@[IPv6:fe80::1%eth0]>")]
    [InlineData("TO:<a@[tag:content]>")]
    [InlineData("TO:<a@[192.0.2.1>")]
    [InlineData("TO:<@a.example bob@example.org>")]
    [InlineData("TO:<@a.example,bob@example.org>")]
    [InlineData("TO:<a\u00A0b@c>")]
    [InlineData("TO:a@b")]
    [InlineData("FROM:<a@b>")]
    public void Parse_Malformed_IsRefused(string rest) =>
        Assert.Equal("recipient_malformed", RcptCommand.Parse(rest).Refusal?.Reason);

    [Fact]
    public void Parse_Parameter_IsUnknown() =>
        Assert.Equal("parameter_unknown", RcptCommand.Parse("TO:<a@b> NOTIFY=NEVER").Refusal?.Reason);

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void Parse_LabelLength_IsHeld(int length, bool ok) =>
        Assert.Equal(ok, RcptCommand.Parse($"TO:<a@{new string('d', length)}.example>").Command is not null);

    [Theory]
    [InlineData(306, true)]
    [InlineData(309, false)]
    public void Parse_MailboxLength_IsHeld(int localLength, bool ok) =>
        Assert.Equal(ok, RcptCommand.Parse($"TO:<{new string('a', localLength)}@example.org>").Command is not null);
}
