using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Testing;
using Portal.Vault.Aliases;

namespace Portal.Web.Tests.Components.Aliases;

public sealed class AliasBrowserTests(PostgresCluster cluster) : AliasComponentTest(cluster)
{
    [Fact]
    public void Open_OnlyItsOwnAddress_InvitesWithOneButtonAndMarksIt()
    {
        var page = Open();

        Assert.Equal("New masked alias", page.WaitForElement(".vb-empty button").TextContent.Trim());
        Assert.Single(page.FindAll("button"), button => button.TextContent.Contains("New masked alias", StringComparison.Ordinal));
        var row = Assert.Single(page.FindAll("tbody tr"));
        Assert.Contains("The vaultbox’s own address", row.TextContent, StringComparison.Ordinal);
        Assert.Empty(row.QuerySelectorAll("input[type=checkbox]"));
        Assert.Equal(["Edit"], row.QuerySelectorAll(".vb-menu-item").Select(item => item.TextContent.Trim()));
        Assert.Empty(page.FindAll("[role=search]"));
        Assert.Contains("mara+shop@vault.test", page.Find(".tag").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_SomeoneElsesVaultbox_IsNotFound()
    {
        var theirs = await MakeVaultboxAsync("theirs", owner: Guid.NewGuid());
        var notFound = false;
        Navigation.OnNotFound += (_, _) => notFound = true;

        var page = Render<Portal.Web.Components.Aliases.VaultboxAliasesPage>(p => p.Add(v => v.Id, theirs.Id));

        page.WaitForAssertion(() => Assert.True(notFound));
        Assert.Empty(page.FindAll("button, table"));
    }

    [Fact]
    public async Task Open_Aliases_SayInWordsWhenTheyEndAndWhatTheyTook()
    {
        await AddAsync("dated", new("Fair", "Stand 12", ExpiresAt: Time.GetUtcNow().AddDays(12).AddMinutes(1)));
        var counted = await AddAsync("counted", new(MaxMessages: 5, MaxIdleDays: 30));
        await Vault.ExecuteAsync($"UPDATE aliases SET message_count = 3, last_used_at = '{Time.GetUtcNow():O}' WHERE id = '{counted.Id}'");

        var page = Open();

        page.WaitForElement("tbody tr");
        Assert.Equal(["mara@vault.test", "counted@vault.test", "dated@vault.test"], page.FindAll("th .vb-mono").Select(a => a.TextContent));
        Assert.Contains("3 of 5 messages · after 30 idle days", RowOf(page, "counted@vault.test").TextContent, StringComparison.Ordinal);
        Assert.Contains("in 12 days", RowOf(page, "dated@vault.test").TextContent, StringComparison.Ordinal);
        Assert.Contains("Fair · Stand 12", RowOf(page, "dated@vault.test").TextContent, StringComparison.Ordinal);
        Assert.Contains("not yet", RowOf(page, "dated@vault.test").TextContent, StringComparison.Ordinal);
        Assert.Equal("3", page.Find(".vb-tab[aria-current=page] .vb-faint").TextContent);
    }

    [Fact]
    public async Task Filter_ByStateInTheUrl_ShowsItAndCountsEach()
    {
        await AddAsync("one");
        var paused = await AddAsync("two");
        await Services.GetRequiredService<ChangeAliases>().HandleAsync(new(Actor, Box.Id, AliasActions.Pause, [paused.Id]), Cancel);
        Navigation.NavigateTo($"/vaultboxes/{Box.Id}/aliases?state=paused");

        var page = Open();

        page.WaitForElement("tbody tr");
        Assert.Equal(["two@vault.test"], page.FindAll("th .vb-mono").Select(a => a.TextContent));
        Assert.Equal(["All 3", "Active 2", "Paused 1"], page.FindAll(".vb-filter").Select(f => f.TextContent.Trim()));
        Assert.Equal("Paused 1", page.Find(".vb-filter[aria-current=page]").TextContent.Trim());
        Assert.Single(page.FindAll("button"), button => button.TextContent.Trim() == "New masked alias");
    }

    [Fact]
    public async Task Search_Typed_GoesIntoTheUrlAndNarrows()
    {
        await AddAsync("shop", new("Needle"));
        await AddAsync("bank");
        var page = Open();
        page.WaitForElement("tbody tr");

        await Time.RestAfterAsync(page.Find("input[type=search]").InputAsync("needle"));

        page.WaitForAssertion(() => Assert.Equal(["shop@vault.test"], page.FindAll("th .vb-mono").Select(a => a.TextContent)));
        Assert.EndsWith("?q=needle", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_Nothing_SaysSoAndLeadsBack()
    {
        await AddAsync("shop");
        Navigation.NavigateTo($"/vaultboxes/{Box.Id}/aliases?q=nowhere");

        var page = Open();

        Assert.Contains("No address matches.", page.WaitForElement(".vb-empty").TextContent, StringComparison.Ordinal);
        Assert.Equal($"/vaultboxes/{Box.Id}/aliases", page.Find(".vb-empty a").GetAttribute("href"));
    }

    [Fact]
    public async Task ShowMore_BeyondAPage_AddsTheRest()
    {
        await Vault.ExecuteAsync($"INSERT INTO aliases (vaultbox_id, domain, local_part) SELECT '{Box.Id}', 'vault.test', 'f' || n FROM generate_series(1, 60) n");
        var page = Open();
        page.WaitForElement("tbody tr");
        Assert.Equal((50, "50 of 61 addresses"), (page.FindAll("tbody tr").Count, page.Find(".vb-table-foot").TextContent));

        await Button(page, "Show more").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal(61, page.FindAll("tbody tr").Count));
        Assert.DoesNotContain("Show more", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_DatabaseDown_SaysSo()
    {
        await AddAsync("shop");
        var page = Open();
        page.WaitForElement("tbody tr");
        await Vault.GoDownAsync();

        Navigation.NavigateTo($"/vaultboxes/{Box.Id}/aliases?q=shop");

        Assert.Contains("Reference", page.WaitForElement("[role=alert] code").ParentElement!.TextContent, StringComparison.Ordinal);
        await Vault.GoUpAsync();
    }
}
