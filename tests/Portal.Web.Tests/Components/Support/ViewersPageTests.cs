using Bunit;
using Portal.Testing;
using Portal.Web.Components.Support;

namespace Portal.Web.Tests.Components.Support;

public sealed class ViewersPageTests(PostgresCluster cluster) : SupportComponentTest(cluster)
{
    [Fact]
    public void Page_WithoutAnyView_SaysSo()
    {
        var page = Render<ViewersPage>();

        page.WaitForAssertion(() => Assert.Contains("Nobody has viewed your account.", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Export", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WithAView_SaysWhoWhyAndWhat()
    {
        var grant = await BeAskedAsync();
        await AnswerAsync(UserId, grant, agrees: false);

        var page = Render<ViewersPage>();

        var card = page.WaitForElement("section.vb-card");
        Assert.Contains(Theirs, card.TextContent, StringComparison.Ordinal);
        Assert.Contains("“Mail did not arrive”, ticket 4127", card.TextContent, StringComparison.Ordinal);
        Assert.Contains("Refused", card.TextContent, StringComparison.Ordinal);
        Assert.Equal(["/api/v1/views/export.csv", "/api/v1/views/export.json"], page.FindAll("a[download]").Select(link => link.GetAttribute("href")));
    }
}
