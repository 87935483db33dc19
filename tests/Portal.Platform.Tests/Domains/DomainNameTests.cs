using Portal.Platform.Domains;

namespace Portal.Platform.Tests.Domains;

public sealed class DomainNameTests
{
    [Theory]
    [InlineData("Example.ORG", "example.org")]
    [InlineData("example.org.", "example.org")]
    [InlineData(" mail.example.org ", "mail.example.org")]
    [InlineData("BÜCHER.example", "xn--bcher-kva.example")]
    [InlineData("XN--BCHER-KVA.example", "xn--bcher-kva.example")]
    public void TryNormalise_Domain_GivesLowerCaseALabels(string text, string expected)
    {
        Assert.True(DomainName.TryNormalise(text, out var domain));
        Assert.Equal(expected, domain);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("localhost")]
    [InlineData("192.0.2.1")]
    [InlineData("a..org")]
    [InlineData("-a.org")]
    [InlineData("a-.org")]
    [InlineData("a_b.org")]
    [InlineData("a b.org")]
    [InlineData("a/b.org")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.org")]
    public void TryNormalise_Otherwise_IsFalse(string? text) => Assert.False(DomainName.TryNormalise(text, out _));
}
