using Portal.Vault.Aliases;

namespace Portal.Vault.Tests.Aliases;

public sealed class LocalPartTests
{
    [Theory]
    [InlineData("mara", "mara")]
    [InlineData("  Mara.Lindqvist ", "mara.lindqvist")]
    [InlineData("o'brien_2-x", "o'brien_2-x")]
    public void Parse_DotString_IsLowerCased(string text, string expected) => Assert.Equal(expected, LocalPart.Parse(text).Value);

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData(".mara")]
    [InlineData("mara.")]
    [InlineData("ma..ra")]
    [InlineData("ma ra")]
    [InlineData("ma\"ra")]
    [InlineData("mära")]
    [InlineData("mara+tag")]
    [InlineData("mara@vault.test")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Parse_NoDotString_IsMalformed(string? text) => Assert.Equal("alias_malformed", LocalPart.Parse(text).Problem?.Code);

    [Theory]
    [InlineData("postmaster")]
    [InlineData("Abuse")]
    [InlineData("MAILER-DAEMON")]
    public void Parse_NameOfTheDomainsKeepers_IsReserved(string text) => Assert.Equal("alias_reserved", LocalPart.Parse(text).Problem?.Code);
}
