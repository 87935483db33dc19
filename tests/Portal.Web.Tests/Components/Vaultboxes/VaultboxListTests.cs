using Bunit;
using Portal.Testing;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Vaultboxes;

namespace Portal.Web.Tests.Components.Vaultboxes;

public sealed class VaultboxListTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    [Fact]
    public void Items_NotLoadedYet_ShowsSkeletonThatSaysSo()
    {
        var list = Render<VaultboxList>();

        Assert.Equal("Loading vaultboxes", list.Find("[role=status]").GetAttribute("aria-label"));
        Assert.Empty(list.FindAll("table"));
    }

    [Fact]
    public void Items_None_InvitesToMakeTheFirst()
    {
        var list = Render<VaultboxList>(p => p.Add(l => l.Items, []));

        Assert.Contains("Make your first address. It takes two minutes.", list.Markup, StringComparison.Ordinal);
        Assert.Equal("/vaultboxes/new", list.Find("a").GetAttribute("href"));
    }

    [Fact]
    public void Items_NoneThatMatches_OffersAll()
    {
        var list = Render<VaultboxList>(p => p.Add(l => l.Items, []).Add(l => l.IsFiltered, true));

        Assert.Contains("No vaultbox matches.", list.Markup, StringComparison.Ordinal);
        Assert.Equal("/vaultboxes", list.Find("a").GetAttribute("href"));
    }

    [Fact]
    public void Items_OneWithoutKey_SaysSoInWordsAndIcon()
    {
        var list = Render<VaultboxList>(p => p.Add(l => l.Items, [View() with { KeyCount = 0, NeedsKey = true }]));

        var chip = list.Find(".vb-chip");
        Assert.Equal("Needs a key", chip.TextContent);
        Assert.NotNull(chip.QuerySelector("svg"));
        Assert.Contains("mail waits for one", list.Find("tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Items_OneActive_ShowsNumbersAndLeadsToIt()
    {
        var view = View();

        var list = Render<VaultboxList>(p => p.Add(l => l.Items, [view]));

        Assert.Equal($"/vaultboxes/{view.Id}", list.Find("tbody a").GetAttribute("href"));
        var cells = list.FindAll("tbody td").Select(cell => cell.TextContent.Trim()).ToList();
        Assert.StartsWith("5,190", cells[0], StringComparison.Ordinal);
        Assert.StartsWith("4 keys", cells[1], StringComparison.Ordinal);
        Assert.Equal("0 none", cells[2]);
        Assert.Equal("Tue 24 Nov 2026, 10:42 UTC", cells[3]);
        Assert.Equal("Active", list.Find(".vb-chip").TextContent);
    }

    private VaultboxView View() => new(
        Guid.NewGuid(), "vault.test", "Everyday mail", "mara", "mara@vault.test", "active", Time.GetUtcNow(), 5190, 1_400_000_000,
        Time.GetUtcNow(), 4, false, true, Time.GetUtcNow().AddYears(3));
}
