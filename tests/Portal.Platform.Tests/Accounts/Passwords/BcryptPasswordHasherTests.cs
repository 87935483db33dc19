using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Passwords;

namespace Portal.Platform.Tests.Accounts.Passwords;

public sealed class BcryptPasswordHasherTests
{
    private static readonly User Someone = new();

    [Fact]
    public void HashPassword_ByDefault_HasCostTwelve() =>
        Assert.Matches(@"^\$2[aby]\$12\$", new BcryptPasswordHasher(Options.Create(new PlatformOptions())).HashPassword(Someone, "a"));

    [Fact]
    public void HashPassword_Twice_DiffersAndBothVerify()
    {
        var hasher = WithCost(4);
        var first = hasher.HashPassword(Someone, "same");
        var second = hasher.HashPassword(Someone, "same");

        Assert.NotEqual(first, second, StringComparer.Ordinal);
        Assert.Equal(PasswordVerificationResult.Success, hasher.VerifyHashedPassword(Someone, first, "same"));
        Assert.Equal(PasswordVerificationResult.Success, hasher.VerifyHashedPassword(Someone, second, "same"));
    }

    [Theory]
    [InlineData("x", "y")]
    [InlineData("x\0x", "x\0y")]
    public void VerifyHashedPassword_DifferingOnlyAtTheEndOfALongPassword_Fails(string end, string otherEnd)
    {
        var hasher = WithCost(4);
        var start = new string('a', 100);

        Assert.Equal(PasswordVerificationResult.Failed, hasher.VerifyHashedPassword(Someone, hasher.HashPassword(Someone, start + end), start + otherEnd));
    }

    [Fact]
    public void VerifyHashedPassword_MadeByAnotherBcrypt_OfTheStatedDigest_Succeeds()
    {
        var digest = Convert.ToBase64String(SHA384.HashData(Encoding.UTF8.GetBytes("pässword")));
        var hash = BCrypt.Net.BCrypt.HashPassword(digest, 4);

        Assert.Equal(PasswordVerificationResult.Success, WithCost(4).VerifyHashedPassword(Someone, hash, "pässword"));
    }

    [Fact]
    public void VerifyHashedPassword_OfAnotherCost_AsksForRehash()
    {
        var hash = WithCost(4).HashPassword(Someone, "same");

        Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded, WithCost(5).VerifyHashedPassword(Someone, hash, "same"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("$2a$04$short")]
    public void VerifyHashedPassword_OfSomethingThatIsNoHash_Fails(string hash) =>
        Assert.Equal(PasswordVerificationResult.Failed, WithCost(4).VerifyHashedPassword(Someone, hash, "plain"));

    private static BcryptPasswordHasher WithCost(int cost) => new(Options.Create(new PlatformOptions { BcryptCost = cost }));
}
