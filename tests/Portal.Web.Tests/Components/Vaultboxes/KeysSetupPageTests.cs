using Bunit;
using Portal.Testing;
using Portal.Web.Components.Vaultboxes;

namespace Portal.Web.Tests.Components.Vaultboxes;

public sealed class KeysSetupPageTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    [Fact]
    public async Task Open_Own_IsTheSecondStepAndGivesTheIslandWhereToGoOn()
    {
        var own = await MakeVaultboxAsync("mara");

        var page = Render<KeysSetupPage>(p => p.Add(k => k.Id, own.Id));

        var island = page.WaitForElement("vb-key-setup");
        Assert.Equal(
            ($"{own.Id}", "mara@vault.test", $"/vaultboxes/{own.Id}/device", "/vaultboxes"),
            (island.GetAttribute("vaultbox-id"), island.GetAttribute("address"), island.GetAttribute("next"), island.GetAttribute("back")));
        Assert.Equal("step", page.FindAll(".vb-steps li")[1].GetAttribute("aria-current"));
        Assert.Equal("Keys for mara@vault.test", page.Find("h1").TextContent);
        Assert.Contains("Switch JavaScript on", page.Find("noscript").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_SomeoneElses_IsNotFound()
    {
        var theirs = await MakeVaultboxAsync("theirs", "Secret name", owner: Guid.NewGuid());

        await IsNotFoundAsync(() => Render<KeysSetupPage>(p => p.Add(k => k.Id, theirs.Id)));
    }
}
