using Bunit;
using Portal.Testing;
using Portal.Web.Components.Vaultboxes;

namespace Portal.Web.Tests.Components.Vaultboxes;

public sealed class VaultboxesPageTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    [Fact]
    public void Open_NoVaultbox_InvitesAndShowsNoFilters()
    {
        var page = Render<VaultboxesPage>();

        page.WaitForElement(".vb-empty");
        Assert.Empty(page.FindAll("[role=search]"));
    }

    [Fact]
    public async Task Open_SomeoneElsesVaultboxes_AreNotShown()
    {
        await MakeVaultboxAsync("theirs", owner: Guid.NewGuid());

        var page = Render<VaultboxesPage>();

        page.WaitForElement(".vb-empty");
        Assert.DoesNotContain("theirs", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_OneWithoutKey_ComesFirstWithAWayOut()
    {
        var good = await MakeVaultboxAsync("good", "Good");
        await GiveKeyAsync(good.Id, Time.GetUtcNow().AddYears(1));
        var broken = await MakeVaultboxAsync("broken", "Broken");

        var page = Render<VaultboxesPage>();

        var rows = page.WaitForElements("tbody tr");
        Assert.Contains("Broken", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Equal($"/vaultboxes/{broken.Id}/keys-setup", page.Find(".vb-alert-error a").GetAttribute("href"));
    }

    [Fact]
    public async Task Filter_NeedsAttention_IsReadFromTheUrl()
    {
        var good = await MakeVaultboxAsync("good", "Good");
        await GiveKeyAsync(good.Id, Time.GetUtcNow().AddYears(1));
        await MakeVaultboxAsync("broken", "Broken");
        Navigation.NavigateTo("/vaultboxes?state=attention");

        var page = Render<VaultboxesPage>();

        Assert.Single(page.WaitForElements("tbody tr"));
        Assert.Equal("page", page.FindAll(".vb-filter")[2].GetAttribute("aria-current"));
    }

    [Fact]
    public async Task Search_TypedAndRested_GoesIntoTheUrl()
    {
        await MakeVaultboxAsync("good", "Good");
        var page = Render<VaultboxesPage>();

        await Time.RestAfterAsync(page.WaitForElement("input[type=search]").InputAsync("choir"));

        Assert.EndsWith("?q=choir", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_DatabaseDown_SaysSoAndTryAgainLoads()
    {
        await MakeVaultboxAsync("good", "Good");
        await Vault.GoDownAsync();
        var page = Render<VaultboxesPage>();
        var alert = page.WaitForElement("[role=alert]");
        Assert.Contains("Reference", alert.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Npgsql", page.Markup, StringComparison.Ordinal);

        await Vault.GoUpAsync();
        await page.Find("[role=alert] button").ClickAsync(new());

        Assert.Single(page.WaitForElements("tbody tr"));
    }
}
