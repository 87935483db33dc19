using Bunit;
using Portal.Testing;
using Portal.Web.Components.Support;

namespace Portal.Web.Tests.Components.Support;

public sealed class ViewGateTests(PostgresCluster cluster) : SupportComponentTest(cluster)
{
    private const string Page = "<p id=\"page\">all of it</p>";

    [Theory]
    [InlineData("/mail", "Support never sees mail.")]
    [InlineData("/vaultboxes/7d3a4c1e-0000-4000-8000-000000000001", "Support never sees keys")]
    [InlineData("/vaultboxes/7d3a4c1e-0000-4000-8000-000000000001/keys/upload", "Support never sees keys")]
    [InlineData("/vaultboxes/7d3a4c1e-0000-4000-8000-000000000001/devices", "Support never sees devices")]
    [InlineData("/sending", "Support never sees devices")]
    [InlineData("/account/security", "What guards the account")]
    [InlineData("/Account/Tokens/", "What guards the account")]
    public async Task Gate_OfAClosedPlace_SaysWhyAndShowsNothing(string path, string why)
    {
        await EnterAsync();

        var gate = Render<ViewGate>(p => p.Add(x => x.Path, path).AddChildContent(Page));

        gate.WaitForAssertion(() => Assert.Contains(why, gate.Find("[data-view-closed]").TextContent, StringComparison.Ordinal));
        Assert.Empty(gate.FindAll("#page"));
        Assert.EndsWith("closed to support", await Platform.ScalarAsync<string>("SELECT what FROM support_looks"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_OfAnOpenPlace_WritesItDownAndShowsIt()
    {
        await EnterAsync();

        var gate = Render<ViewGate>(p => p.Add(x => x.Path, "/vaultboxes").AddChildContent(Page));

        gate.WaitForElement("#page");
        Assert.Equal("Vaultboxes /vaultboxes", await Platform.ScalarAsync<string>("SELECT what || ' ' || path FROM support_looks"));
    }

    [Fact]
    public async Task Gate_OutsideAView_OnlyShows()
    {
        var gate = Render<ViewGate>(p => p.Add(x => x.Path, "/mail").AddChildContent(Page));

        gate.WaitForElement("#page");
        Assert.Equal(0L, await Platform.ScalarAsync<long>("SELECT count(*) FROM support_looks"));
    }

    [Fact]
    public void Banner_SaysWhoWhyAndHowLong()
    {
        var banner = Render<SupportBanner>(p => p.Add(x => x.View, View()).Add(x => x.Owner, "ines@vault.test"));

        Assert.Contains("Support view of ines@vault.test", banner.Markup, StringComparison.Ordinal);
        Assert.Contains("“Mail from the school did not arrive”, ticket 4127", banner.Markup, StringComparison.Ordinal);
        Assert.Equal("until 11:00 UTC", banner.Find("vb-left").TextContent);
        Assert.Equal("/support/end-view", banner.Find("form").GetAttribute("action"));
    }

    private async Task EnterAsync()
    {
        var grant = await BeAskedAsync();
        await AnswerAsync(UserId, grant);
        View(grant);
    }
}
