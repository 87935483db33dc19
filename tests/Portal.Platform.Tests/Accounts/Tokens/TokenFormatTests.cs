using Portal.Platform.Accounts.Tokens;

namespace Portal.Platform.Tests.Accounts.Tokens;

public sealed class TokenFormatTests
{
    [Fact]
    public void Create_ManyTimes_IsWellFormedAndNeverTheSame()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => TokenFormat.Create()).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(1000, tokens.Count);
        Assert.All(tokens, token => Assert.Matches("^vbp_[0-9A-Za-z]{49}$", token));
        Assert.All(tokens, token => Assert.True(TokenFormat.IsWellFormed(token)));
    }

    [Fact]
    public void IsWellFormed_WithAnyOneCharacterChanged_IsFalse()
    {
        var token = TokenFormat.Create();

        for (var i = 0; i < token.Length; i++)
        {
            var changed = token.ToCharArray();
            changed[i] = changed[i] == 'Q' ? 'R' : 'Q';
            Assert.False(TokenFormat.IsWellFormed(new string(changed)), $"position {i}");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("vbp_")]
    [InlineData("vbp_é")]
    public void IsWellFormed_OfSomethingElse_IsFalse(string? text) => Assert.False(TokenFormat.IsWellFormed(text));
}
