using Bunit;
using Portal.Testing;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Support;

namespace Portal.Web.Tests.Components.Support;

public sealed class ViewAsideTests(PostgresCluster cluster) : SupportComponentTest(cluster)
{
    [Theory]
    [InlineData(VaultboxStatus.Active, true, "Open Keys and add one.")]
    [InlineData(VaultboxStatus.Paused, true, "choose Resume")]
    [InlineData(VaultboxStatus.Archived, false, "choose Take mail again")]
    public async Task Open_SomethingIsWrong_SaysWhatToTellTheOwner(string status, bool needsKey, string words)
    {
        var vaultbox = (await MakeVaultboxAsync("mara")) with { Status = status, NeedsKey = needsKey };

        var aside = Render<ViewAside>(p => p.Add(x => x.Vaultbox, vaultbox));

        Assert.Contains(words, aside.Find("#tell-owner").TextContent, StringComparison.Ordinal);
        Assert.Equal("tell-owner", aside.Find("button").GetAttribute("data-vb-copies"));
    }

    [Fact]
    public async Task Open_NothingIsWrong_SaysNothing()
    {
        var vaultbox = (await MakeVaultboxAsync("mara")) with { NeedsKey = false };

        var aside = Render<ViewAside>(p => p.Add(x => x.Vaultbox, vaultbox));

        Assert.Empty(aside.FindAll("#tell-owner"));
        Assert.Contains("What you can’t see", aside.Markup, StringComparison.Ordinal);
    }
}
