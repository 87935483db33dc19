using Portal.Platform.Accounts.Passwords;

namespace Portal.Platform.Tests.Accounts.Passwords;

public sealed class PasswordRulesTests
{
    private const string Email = "someone.with.a.name@example.org";

    [Theory]
    [InlineData("a walk by the quiet canal")]
    [InlineData("fifteen letters")]
    [InlineData("пятнадцать букв")]
    public void Check_UncommonAndLongEnough_Passes(string password) => Assert.Null(PasswordRules.Check(password, Email));

    [Theory]
    [InlineData(null, "password_too_short")]
    [InlineData("", "password_too_short")]
    [InlineData("fourteen chars", "password_too_short")]
    [InlineData("\U0001F600\U0001F601\U0001F602\U0001F603\U0001F604\U0001F605\U0001F606\U0001F607", "password_too_short")]
    [InlineData("someone.with.a.name@example.org", "password_is_email")]
    [InlineData("Someone.With.A.Name@Example.ORG ", "password_is_email")]
    [InlineData("someone.with.a.name", "password_is_email")]
    [InlineData("passwordpassword", "password_common")]
    [InlineData("Password-Password", "password_common")]
    [InlineData("correct horse battery staple", "password_common")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa", "password_common")]
    [InlineData("abababababababababab", "password_common")]
    public void Check_AgainstEachRule_SaysWhich(string? password, string code) =>
        Assert.Equal(code, PasswordRules.Check(password, Email)?.Code);

    [Fact]
    public void Check_AtAndOverTheGreatestLength_PassesThenFails()
    {
        var words = string.Concat(Enumerable.Repeat("walk by the canal ", 60));

        Assert.Null(PasswordRules.Check(words[..1024], Email));
        Assert.Equal("password_too_long", PasswordRules.Check(words[..1025], Email)?.Code);
    }
}
