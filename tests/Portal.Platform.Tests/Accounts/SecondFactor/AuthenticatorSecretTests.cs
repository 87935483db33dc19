using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;
using Portal.Platform.Accounts.SecondFactor;

namespace Portal.Platform.Tests.Accounts.SecondFactor;

public sealed class AuthenticatorSecretTests
{
    private static readonly EphemeralDataProtectionProvider Protection = new();

    /// <summary>RFC 6238 appendix B, SHA-1, the last six digits.</summary>
    [Theory]
    [InlineData(20000000000, "353130")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    public void Match_RfcVectors_AreTaken(long at, string code)
    {
        var known = Protection.CreateProtector("vaultbox/authenticator/v1").Protect(Encoding.ASCII.GetBytes("12345678901234567890"));

        Assert.Equal(at / 30, At(at).Match(known, code));
        Assert.Equal(at / 30, At(at + 30).Match(known, $" {code[..3]} {code[3..]} "));
        Assert.Equal(at / 30, At(at - 30).Match(known, code));
        Assert.Null(At(at + 60).Match(known, code));
        Assert.Null(At(at - 60).Match(known, code));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("12345a")]
    [InlineData("١٢٣٤٥٦")]
    public void Match_WhatIsNoCode_IsNotTaken(string? typed)
    {
        var secrets = At(59);

        Assert.Null(secrets.Match(secrets.Create(), typed));
    }

    [Fact]
    public void Show_ASecret_Has160BitsInGroupsOfFourAndTheSameInTheUri()
    {
        var secrets = At(59);

        var shown = secrets.Show(secrets.Create(), "a+b@example.org");

        Assert.Matches("^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$", shown.Text);
        Assert.Equal(
            $"otpauth://totp/Vaultbox:a%2Bb%40example.org?secret={shown.Text.Replace(" ", string.Empty, StringComparison.Ordinal)}&issuer=Vaultbox&algorithm=SHA1&digits=6&period=30",
            shown.Uri);
        Assert.NotEqual(shown.Text, secrets.Show(secrets.Create(), "a+b@example.org").Text);
    }

    private static AuthenticatorSecret At(long unixSeconds) =>
        new(Protection, new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(unixSeconds)));
}
