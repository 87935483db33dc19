using Portal.Platform.Accounts.SignUp;

namespace Portal.Platform.Tests.Accounts.SignUp;

public sealed class SignUpOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreInviteOnly()
    {
        var options = new SignUpOptions();

        Assert.Equal(SignUpMode.InviteOnly, options.Mode);
        Assert.True(new SignUpOptionsValidator().Validate(null, options).Succeeded);
    }

    [Fact]
    public void Validate_AModeThatThereIsNot_NamesTheKey() => Assert.Contains(
        "Portal:SignUp:Mode", new SignUpOptionsValidator().Validate(null, new SignUpOptions { Mode = (SignUpMode)7 }).FailureMessage, StringComparison.Ordinal);
}
