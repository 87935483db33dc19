using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using Portal.Platform.Accounts.Passwords;

namespace Portal.Platform.Tests.Accounts.Passwords;

[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Without a file of the operator's there is nothing to let go.")]
public sealed class PasswordRulesTests
{
    private const string Email = "someone.with.a.name@example.org";

    private readonly PasswordRules rules = new(Options.Create(new PlatformOptions { PublicUrl = new Uri("https://post.mailhouse.example/") }));

    [Theory]
    [InlineData("a walk by the quiet canal")]
    [InlineData("fifteen letters")]
    [InlineData("пятнадцать букв")]
    public void Check_UncommonAndLongEnough_Passes(string password) => Assert.Null(rules.Check(password, Email, hasSecondFactor: false));

    [Theory]
    [InlineData(null, "password_too_short")]
    [InlineData("", "password_too_short")]
    [InlineData("fourteen chars", "password_too_short")]
    [InlineData("\U0001F600\U0001F601\U0001F602\U0001F603\U0001F604\U0001F605\U0001F606\U0001F607", "password_too_short")]
    [InlineData("someone.with.a.name@example.org", "password_is_email")]
    [InlineData("Someone.With.A.Name@Example.ORG ", "password_is_email")]
    [InlineData("someone.with.a.name", "password_is_email")]
    [InlineData("Someone With A Name 99", "password_is_email")]
    [InlineData("vaultbox vaultbox", "password_is_name")]
    [InlineData("post.mailhouse.example", "password_is_name")]
    [InlineData("passwordpassword", "password_common")]
    [InlineData("Password-Password", "password_common")]
    [InlineData("correct horse battery staple", "password_common")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa", "password_common")]
    [InlineData("abababababababababab", "password_common")]
    [InlineData("1qaz2wsx3edc4rfv5tgb", "password_common")]
    public void Check_AgainstEachRule_SaysWhich(string? password, string code) =>
        Assert.Equal(code, rules.Check(password, Email, hasSecondFactor: false)?.Code);

    [Theory]
    [InlineData("9 plum ax", null)]
    [InlineData("kudzu mo", null)]
    [InlineData("seven77", "password_too_short")]
    [InlineData("password", "password_common")]
    [InlineData("Sunshine1", "password_common")]
    [InlineData("trustno1!", null)]
    [InlineData("trust-no-1-1", "password_common")]
    [InlineData("vaultbox1", "password_is_name")]
    public void Check_BesideASecondFactor_TakesEightCharactersThatNobodyElseHas(string password, string? code) =>
        Assert.Equal(code, rules.Check(password, Email, hasSecondFactor: true)?.Code);

    [Fact]
    public void Check_AtAndOverTheGreatestLength_PassesThenFails()
    {
        var words = string.Concat(Enumerable.Repeat("walk by the canal ", 60));

        Assert.Null(rules.Check(words[..1024], Email, hasSecondFactor: false));
        Assert.Equal("password_too_long", rules.Check(words[..1025], Email, hasSecondFactor: false)?.Code);
    }

    [Fact]
    public void Check_ShortLocalPart_IsNotFoundInEveryPassword() =>
        Assert.Null(rules.Check("lilac by the quiet canal", "li@example.org", hasSecondFactor: false));
}
