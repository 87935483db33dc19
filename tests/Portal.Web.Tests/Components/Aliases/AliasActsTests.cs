using Bunit;
using Portal.Testing;
using Portal.Vault.Aliases;

namespace Portal.Web.Tests.Components.Aliases;

/// <summary>What is done with addresses in the list, one or many, and how it is taken back.</summary>
public sealed class AliasActsTests(PostgresCluster cluster) : AliasComponentTest(cluster)
{
    [Fact]
    public async Task Masked_OneClick_IsCopiedNamedAndCanBeUndone()
    {
        var page = Open();
        page.WaitForElement(".vb-empty button");

        await Button(page, "New masked alias").ClickAsync(new());
        var address = page.WaitForElement("#fresh-address").TextContent;
        Assert.Equal(address, page.Find("vb-copy-now").GetAttribute("text"));
        Assert.Equal(2, page.FindAll("tbody tr").Count);
        await page.Find("vb-copy-now input").ChangeAsync(new() { Value = "copied" });
        Assert.Equal($"Made {address}. Copied.", Toaster.Shown[^1].Text);
        await page.Find("#fresh-label").ChangeAsync(new() { Value = "Shop" });
        await page.Find(".label").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("Shop", RowOf(page, address).TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("#fresh-address"));
        await UndoAsync();
        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody tr")));
        Assert.Equal(address, Assert.Single(await ListAsync(AliasStates.Deleted)).Address);
    }

    [Fact]
    public async Task Masked_ClipboardRefused_IsSaidToBeMadeNotCopied()
    {
        var page = Open();
        page.WaitForElement(".vb-empty button");

        await Button(page, "New masked alias").ClickAsync(new());
        await page.WaitForElement("vb-copy-now input").ChangeAsync(new() { Value = "refused" });

        Assert.Equal($"Made {page.Find("#fresh-address").TextContent}.", Toaster.Shown[^1].Text);
        Assert.Equal("Delete it again", Toaster.Shown[^1].Label);
    }

    [Fact]
    public async Task Pause_ThenUndo_TakesMailAgain()
    {
        await AddAsync("shop");
        var page = Open();
        page.WaitForElement("tbody tr");

        await ClickAsync(page, "shop@vault.test", "Pause");

        page.WaitForAssertion(() => Assert.Contains("Paused", RowOf(page, "shop@vault.test").QuerySelector(".vb-chip")!.TextContent, StringComparison.Ordinal));
        Assert.Equal("Paused shop@vault.test. Senders are asked to try again later.", Toaster.Shown[^1].Text);
        await UndoAsync();
        page.WaitForAssertion(() => Assert.Contains("Active", RowOf(page, "shop@vault.test").QuerySelector(".vb-chip")!.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Delete_ThenRestore_GoesAwayIsKeptAndComesBack()
    {
        await AddAsync("shop");
        var page = Open();
        page.WaitForElement("tbody tr");

        await ClickAsync(page, "shop@vault.test", "Delete");
        page.WaitForAssertion(() => Assert.Equal(["mara@vault.test"], page.FindAll("th .vb-mono").Select(a => a.TextContent)));
        Assert.Contains("you can restore it for 30 days", Toaster.Shown[^1].Text, StringComparison.Ordinal);
        Navigation.NavigateTo($"/vaultboxes/{Box.Id}/aliases?state=deleted");
        page.WaitForAssertion(() => Assert.Contains("24 Dec 2026", RowOf(page, "shop@vault.test").TextContent, StringComparison.Ordinal));
        await ClickAsync(page, "shop@vault.test", "Restore");

        page.WaitForElement(".vb-empty");
        Assert.Equal(2, (await ListAsync()).Count);
    }

    [Fact]
    public async Task Bulk_AllThatMatch_ChangesEachOnceAndUndoesAll()
    {
        await AddAsync("keep");
        await Vault.ExecuteAsync($"INSERT INTO aliases (vaultbox_id, domain, local_part) SELECT '{Box.Id}', 'vault.test', 'f' || n FROM generate_series(1, 620) n");
        Navigation.NavigateTo($"/vaultboxes/{Box.Id}/aliases?q=f");
        var page = Open();
        page.WaitForElement("tbody tr");

        await page.Find(".bulk input").ChangeAsync(new() { Value = true });
        Assert.Equal("50 selected", page.Find(".said").TextContent);
        await Button(page, "Select all 620 that match").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Equal("620 selected", page.Find(".said").TextContent));
        await page.Find(".bulk").QuerySelectorAll("button").Single(b => b.TextContent.Trim() == "Delete").ClickAsync(new());

        page.WaitForElement(".vb-empty");
        Assert.StartsWith("Deleted 620 addresses.", Toaster.Shown[^1].Text, StringComparison.Ordinal);
        Assert.Equal(2, (await ListAsync()).Count);
        await UndoAsync();
        page.WaitForAssertion(() => Assert.Equal("50 of 620 addresses", page.Find(".vb-table-foot").TextContent));
    }

    [Fact]
    public async Task Bulk_SomeChosen_LeavesTheOthers()
    {
        await AddAsync("one");
        await AddAsync("two");
        await AddAsync("three");
        var page = Open();
        page.WaitForElement("tbody tr");

        foreach (var address in new[] { "one@vault.test", "two@vault.test" })
            await RowOf(page, address).QuerySelector("input")!.ChangeAsync(new() { Value = true });
        await page.Find(".bulk").QuerySelectorAll("button").Single(b => b.TextContent.Trim() == "Pause").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal("Paused 2 addresses. Senders are asked to try again later.", Toaster.Shown[^1].Text));
        Assert.Equal(["one@vault.test", "two@vault.test"], (await ListAsync(AliasStates.Paused)).Select(a => a.Address));
        page.WaitForAssertion(() => Assert.Equal("", page.Find(".said").TextContent));
    }

    [Fact]
    public async Task UseAgain_OfOneThatEndedUnused_TakesMailAgain()
    {
        await AddAsync("idle", new(MaxIdleDays: 3));
        Time.Advance(TimeSpan.FromDays(4));
        var page = Open();
        page.WaitForElement("tbody tr");

        await ClickAsync(page, "idle@vault.test", "Use it again");

        page.WaitForAssertion(() => Assert.Contains("Active", RowOf(page, "idle@vault.test").TextContent, StringComparison.Ordinal));
    }
}
