using Portal.Platform.Accounts.SecondFactor;

namespace Portal.Platform.Tests.Accounts.SecondFactor;

public sealed class RecoveryCodeFormatTests
{
    [Fact]
    public void Create_ACode_HasFourGroupsOfSixAndIsItsOwnSpelling()
    {
        var code = RecoveryCodeFormat.Create();

        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{6}(-[0-9A-HJKMNP-TV-Z]{6}){3}$", code);
        Assert.Equal(code.Replace("-", string.Empty, StringComparison.Ordinal), RecoveryCodeFormat.Normalise(code));
    }

    [Fact]
    public void Normalise_LowerCaseOtherSeparatorsAndLookalikes_IsTheCode() =>
        Assert.Equal("0011AB0011AB0011AB0011AB", RecoveryCodeFormat.Normalise(" oOiLab 0011ab\t0011AB–0011AB "));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0011AB-0011AB-0011AB-0011A")]
    [InlineData("0011AB-0011AB-0011AB-0011ABC")]
    [InlineData("0011AB-0011AB-0011AB-0011AU")]
    public void Normalise_WhatIsNoCode_IsNothing(string? typed) => Assert.Null(RecoveryCodeFormat.Normalise(typed));
}
