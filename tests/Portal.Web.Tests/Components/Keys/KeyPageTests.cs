using Bunit;
using Portal.Testing;
using Portal.Web.Components.Keys;

namespace Portal.Web.Tests.Components.Keys;

public sealed class KeyPageTests(PostgresCluster cluster) : KeyComponentTest(cluster)
{
    [Fact]
    public async Task Open_Certificate_SaysWordsFirstAndEveryFingerprint()
    {
        var own = await MakeVaultboxAsync("mara");
        var key = await AddKeyAsync(own.Id, "Laptop");
        await SealAsync(own.Id, 2, key);

        var page = Open(own.Id, key.Id);

        page.WaitForAssertion(() => Assert.Equal("Laptop", page.Find("h1").TextContent));
        Assert.Contains("2 messages, of these 2 with this key only", page.Find("section.vb-card").TextContent, StringComparison.Ordinal);
        Assert.StartsWith(key.FingerprintSha256[..4] + " " + key.FingerprintSha256[4..8], page.Find("#sha256").TextContent, StringComparison.Ordinal);
        Assert.Contains("-----BEGIN CERTIFICATE-----", page.Find("#pem").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll(".vb-facts li[data-state=ok]"));
    }

    [Fact]
    public async Task Open_Retired_SaysSinceWhen()
    {
        var own = await MakeVaultboxAsync("mara");
        var key = await AddKeyAsync(own.Id, "Laptop");
        await Vault.ExecuteAsync($"UPDATE certificates SET status = 'retired', retired_at = '2026-11-20T10:00:00Z' WHERE id = '{key.Id}'");

        var page = Open(own.Id, key.Id);

        page.WaitForAssertion(() => Assert.Contains("since 20 Nov 2026, when it was retired", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_KeyOfAnotherVaultbox_IsNotFound()
    {
        var (own, other) = (await MakeVaultboxAsync("mara"), await MakeVaultboxAsync("other"));
        var key = await AddKeyAsync(other.Id, "Laptop");
        var notFound = false;
        Navigation.OnNotFound += (_, _) => notFound = true;

        var page = Open(own.Id, key.Id);

        page.WaitForAssertion(() => Assert.True(notFound));
        Assert.Empty(page.FindAll("h1"));
    }

    private IRenderedComponent<KeyPage> Open(Guid id, Guid keyId) => Render<KeyPage>(p => p.Add(page => page.Id, id).Add(page => page.KeyId, keyId));
}
