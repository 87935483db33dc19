using Bunit;
using Portal.Testing;

namespace Portal.Web.Tests.Components.Aliases;

public sealed class AliasDialogsTests(PostgresCluster cluster) : AliasComponentTest(cluster)
{
    [Fact]
    public async Task Add_TypedName_SaysWhetherItIsFreeAndAddsItWithItsEnds()
    {
        var page = await OpenAsync("Add alias");

        await Time.RestAfterAsync(page.Find("#alias-local").InputAsync("postmaster"));
        page.WaitForAssertion(() => Assert.Equal("true", page.Find("#alias-local").GetAttribute("aria-invalid")));
        await Time.RestAfterAsync(page.Find("#alias-local").InputAsync("Shop"));
        page.WaitForAssertion(() => Assert.Contains("shop@vault.test is free.", page.Find("#alias-verdict").TextContent, StringComparison.Ordinal));
        await page.Find("#alias-label").ChangeAsync(new() { Value = "Shop" });
        await page.Find("#alias-messages").ChangeAsync(new() { Value = "1,000" });
        await page.Find("dialog form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("0 of 1,000 messages", RowOf(page, "shop@vault.test").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("dialog"));
        Assert.Equal("Added shop@vault.test", Toaster.Shown[^1].Text);
        Assert.Equal(1_000, (await ListAsync(search: "shop")).Single().MaxMessages);
    }

    [Fact]
    public async Task Add_RefusedInputs_StandAtTheirFields()
    {
        await AddAsync("taken");
        var page = await OpenAsync("Add alias");
        await Time.RestAfterAsync(page.Find("#alias-local").InputAsync("taken"));

        await page.Find("#alias-idle").ChangeAsync(new() { Value = "soon" });
        await page.Find("dialog form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("in digits", page.Find("#alias-idle-error").TextContent, StringComparison.Ordinal));
        await page.Find("#alias-idle").ChangeAsync(new() { Value = "" });
        await page.Find("dialog form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("taken@vault.test is taken.", page.Find("#alias-verdict").TextContent, StringComparison.Ordinal));
        Assert.Single(page.FindAll("dialog"));
    }

    [Fact]
    public async Task Edit_RaisedLimit_TakesMailAgain()
    {
        var used = await AddAsync("used", new(MaxMessages: 2));
        await Vault.ExecuteAsync($"UPDATE aliases SET message_count = 2 WHERE id = '{used.Id}'");
        var page = Open();
        page.WaitForElement("tbody tr");
        Assert.Contains("Used up", RowOf(page, "used@vault.test").TextContent, StringComparison.Ordinal);

        await ClickAsync(page, "used@vault.test", "Edit");
        Assert.Equal("2", page.WaitForElement("#alias-messages").GetAttribute("value"));
        await page.Find("#alias-messages").ChangeAsync(new() { Value = "1" });
        await page.Find("dialog form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("has taken 2 messages already", page.Find("#alias-messages-error").TextContent, StringComparison.Ordinal));
        await page.Find("#alias-messages").ChangeAsync(new() { Value = "3" });
        await page.Find("dialog form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("Active", RowOf(page, "used@vault.test").TextContent, StringComparison.Ordinal));
        Assert.Contains("2 of 3 messages", RowOf(page, "used@vault.test").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_ThePrimary_OffersNoEnd()
    {
        var page = Open();
        page.WaitForElement("tbody tr");

        await ClickAsync(page, "mara@vault.test", "Edit");

        page.WaitForElement("#alias-label");
        Assert.Empty(page.FindAll("#alias-messages, #alias-idle, #alias-expires"));
    }

    [Fact]
    public async Task Paste_SomeWrong_AddsTheOthersAndLeavesThoseToMend()
    {
        await AddAsync("taken");
        var page = await OpenAsync("Paste many");

        await page.Find("#paste-lines").ChangeAsync(new() { Value = "news\n\ntaken\npostmaster\nbank@vault.test\nx@elsewhere.test" });
        Assert.Equal("5 lines", page.Find("#paste-count").TextContent);
        await page.Find("dialog form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("2 addresses added.", page.Find("dialog .vb-alert").TextContent, StringComparison.Ordinal));
        Assert.Contains("3 lines are left in the box to mend", page.Find("dialog .vb-alert").TextContent, StringComparison.Ordinal);
        Assert.Equal(3, page.FindAll(".refused li").Count);
        Assert.Equal("taken\npostmaster\nx@elsewhere.test", page.Find("#paste-lines").GetAttribute("value"));
        Assert.Equal(4, (await ListAsync()).Count);
        await UndoAsync();
        Assert.Equal(2, (await ListAsync()).Count);
    }

    [Fact]
    public async Task CatchAll_OwnDomain_IsMadeOnceAndRefusedTwice()
    {
        var page = await OpenAsync("Catch all of a domain");
        Assert.Contains("that is no address of its own", page.Find("dialog").TextContent, StringComparison.Ordinal);

        await page.Find("dialog form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("Catch-all", RowOf(page, "*@vault.test").TextContent, StringComparison.Ordinal));
        await Button(page, "Catch all of a domain").ClickAsync(new());
        await page.WaitForElement("dialog form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("has a catch-all already", page.Find("dialog .vb-alert-error").TextContent, StringComparison.Ordinal));
    }

    private async Task<IRenderedComponent<Portal.Web.Components.Aliases.VaultboxAliasesPage>> OpenAsync(string act)
    {
        var page = Open();
        page.WaitForElement("tbody tr");
        await Button(page, act).ClickAsync(new());
        page.WaitForElement("dialog");
        return page;
    }
}
