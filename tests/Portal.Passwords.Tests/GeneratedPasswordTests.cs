namespace Portal.Passwords.Tests;

public sealed class GeneratedPasswordTests
{
    [Fact]
    public void Create_Always_IsEightGroupsOfFourFromTheAlphabet()
    {
        var password = GeneratedPassword.Create();

        var groups = password.Text.Split('-');
        Assert.Equal(8, groups.Length);
        Assert.All(groups, group => Assert.Equal(4, group.Length));
        Assert.All(groups.SelectMany(group => group), c => Assert.Contains(c, GeneratedPassword.Alphabet));
        Assert.Equal(groups[0], password.Selector);
    }

    [Fact]
    public void Create_TheSecretPart_HasAtLeast128Bits() =>
        Assert.True((GeneratedPassword.Create().Text.Replace("-", string.Empty, StringComparison.Ordinal).Length - 4) * Math.Log2(GeneratedPassword.Alphabet.Distinct().Count()) >= 128);

    [Fact]
    public void Create_TwoThousandTimes_NeverRepeatsAndUsesEveryCharacter()
    {
        var all = Enumerable.Range(0, 2000).Select(_ => GeneratedPassword.Create().Text).ToList();

        Assert.Equal(all.Count, all.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(GeneratedPassword.Alphabet.Order(), all.SelectMany(text => text).Where(c => c != '-').Distinct().Order());
    }

    [Fact]
    public void ToString_Never_TellsThePassword()
    {
        var password = GeneratedPassword.Create();

        Assert.DoesNotContain(password.Selector, password.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Canonical_OfOneTypedWithSpacesCapitalsAndNoHyphens_IsItsText()
    {
        var password = GeneratedPassword.Create();
        var bare = password.Text.Replace("-", string.Empty, StringComparison.Ordinal);

        Assert.Equal(password.Text, GeneratedPassword.Canonical(bare));
        Assert.Equal(password.Text, GeneratedPassword.Canonical(password.Text.ToUpperInvariant()));
        Assert.Equal(password.Text, GeneratedPassword.Canonical($" {password.Text.Replace('-', ' ')} "));
        Assert.Equal(password.Selector, GeneratedPassword.SelectorOf(bare));
    }

    [Theory]
    [InlineData("")]
    [InlineData("an imported one, With Capitals")]
    [InlineData("aaaa-aaaa-aaaa-aaaa-aaaa-aaaa-aaaa-aaa")]
    [InlineData("aaaa-aaaa-aaaa-aaaa-aaaa-aaaa-aaaa-aaaaa")]
    [InlineData("aaaa-aaaa-aaaa-aaaa-aaaa-aaaa-aaaa-aaa1")]
    public void Canonical_OfAnotherShape_IsWhatWasTyped(string typed)
    {
        Assert.Equal(typed, GeneratedPassword.Canonical(typed));
        Assert.Null(GeneratedPassword.SelectorOf(typed));
    }

    [Fact]
    public void Name_ForALongDomain_FitsTheColumnAndKeepsItsEnd()
    {
        var name = GeneratedName.For("encimap", string.Join('.', Enumerable.Repeat(new string('a', 60), 5)));

        Assert.Equal(255, name.Length);
        Assert.Matches("-[a-z0-9]{6}$", name);
    }

    [Fact]
    public void Name_ForADomain_HasDashesForDots() =>
        Assert.Matches("^encimap-mail-example-org-[a-z0-9]{6}$", GeneratedName.For("encimap", "mail.example.org"));
}
