using Portal.Web.Components.Credentials;

namespace Portal.Web.Tests.Components.Credentials;

public sealed class CredentialWordsTests
{
    [Theory]
    [InlineData(-5, "now")]
    [InlineData(0, "now")]
    [InlineData(1, "in 1 minute")]
    [InlineData(60, "in 1 hour")]
    [InlineData(1440, "in 24 hours")]
    [InlineData(2880, "in 48 hours")]
    [InlineData(10_080, "in 7 days")]
    public void In_Minutes_AreSaidInTheLargestUnitThatIsExact(int minutes, string text) =>
        Assert.Equal(text, CredentialWords.In(TimeSpan.FromMinutes(minutes)));

    [Theory]
    [InlineData("", "from anywhere")]
    [InlineData("192.0.2.0/24", "only from 192.0.2.0/24")]
    [InlineData("192.0.2.0/24 2001:db8::/32", "only from 192.0.2.0/24 and 2001:db8::/32")]
    [InlineData("192.0.2.0/24 2001:db8::/32 10.0.0.0/8", "only from 192.0.2.0/24 and 2 other networks")]
    public void From_Networks_IsASentencePart(string networks, string text) =>
        Assert.Equal(text, CredentialWords.From(networks.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Theory]
    [InlineData("Phone, mail app", "smartphone")]
    [InlineData("Scanner in the study", "printer")]
    [InlineData("smtp.example.org", "server")]
    [InlineData("", "laptop")]
    public void Symbol_OfAName_IsWhatItSuggests(string client, string symbol) => Assert.Equal(symbol, CredentialWords.Symbol(client));

    [Fact]
    public void InUse_OneClientWithTwoPasswords_CountsOnceAsChanged()
    {
        var at = DateTimeOffset.UnixEpoch;
        var shown = new ShownCredential(Guid.Empty, "Home", "encimap-x", "SMTP", false, null, [], null, at, null);

        var use = CredentialInUse.Of(shown,
        [
            ("laptop", "192.0.2.0/24", null, at, false), ("laptop", "192.0.2.0/24", null, at.AddHours(1), true), ("phone", "192.0.2.0/24", null, at, false),
        ]);

        Assert.Equal((2, 1), (use.Clients.Count, use.Changed));
        Assert.Equal(at.AddHours(1), use.Clients[0].LastAt);
    }
}
