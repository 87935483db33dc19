using System.Text;
using Portal.Mail.Smtp;
using Portal.Mail.Smtp.Commands;

namespace Portal.Mail.Tests.Smtp.Commands;

public sealed class AuthCommandTests
{
    [Theory]
    [InlineData("AUTH PLAIN", "PLAIN", null)]
    [InlineData("auth login", "LOGIN", null)]
    [InlineData("AUTH PLAIN =", "PLAIN", "")]
    [InlineData("AUTH PLAIN abc=", "PLAIN", "abc=")]
    [InlineData("AUTH  PLAIN  abc= ", "PLAIN", "abc=")]
    [InlineData("AUTH PLAIN a b", "PLAIN", "a b")]
    [InlineData("AUTH ABCDEFGHIJKLMNOPQRST", "ABCDEFGHIJKLMNOPQRST", null)]
    public void Parse_Auth_GivesMechanismAndInitialResponse(string line, string mechanism, string? initial)
    {
        var command = Assert.IsType<AuthCommand>(AuthCommand.Parse(Encoding.ASCII.GetBytes(line)).Command);

        Assert.Equal(mechanism, command.Mechanism);
        Assert.Equal(initial, command.InitialResponse is { } octets ? Encoding.ASCII.GetString(octets.Span) : null);
    }

    [Theory]
    [InlineData("AUTH", "argument_missing", true)]
    [InlineData("AUTH \t ", "argument_missing", true)]
    [InlineData("AUTHENTICATE PLAIN", "command_unknown", false)]
    [InlineData("AUTH\tPLAIN", "command_unknown", false)]
    [InlineData("AUTH ABCDEFGHIJKLMNOPQRSTU", "auth_mechanism_unknown", true)]
    public void Parse_Other_IsRefused(string line, string reason, bool isAuth)
    {
        var parsed = AuthCommand.Parse(Encoding.ASCII.GetBytes(line));

        Assert.Equal((reason, isAuth ? SmtpVerb.Auth : null), (parsed.Refusal?.Reason, parsed.Verb));
    }

    [Fact]
    public void ToString_InitialResponse_IsNotShown() =>
        Assert.DoesNotContain("c2VjcmV0", AuthCommand.Parse("AUTH PLAIN c2VjcmV0"u8.ToArray()).ToString(), StringComparison.Ordinal);
}
