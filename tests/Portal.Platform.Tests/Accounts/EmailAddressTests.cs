using Portal.Platform.Accounts;

namespace Portal.Platform.Tests.Accounts;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("Someone@Example.ORG", "someone@example.org")]
    [InlineData("  a@example.org ", "a@example.org")]
    [InlineData("a.b+c@bücher.example", "a.b+c@xn--bcher-kva.example")]
    public void TryNormalise_Address_GivesTheOneSpelling(string text, string expected)
    {
        Assert.True(EmailAddress.TryNormalise(text, out var email));
        Assert.Equal(expected, email);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("@example.org")]
    [InlineData("a@")]
    [InlineData("a@localhost")]
    [InlineData("a@192.0.2.1")]
    [InlineData("a@[192.0.2.1]")]
    [InlineData("a@b@example.org")]
    [InlineData("a b@example.org")]
    [InlineData(".a@example.org")]
    [InlineData("a..b@example.org")]
    [InlineData("\"a b\"@example.org")]
    [InlineData("a\r\nb@example.org")]
    [InlineData("a@exa mple.org")]
    [InlineData("é@example.org")]
    public void TryNormalise_Otherwise_IsFalse(string? text) => Assert.False(EmailAddress.TryNormalise(text, out _));
}
