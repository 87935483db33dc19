using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Testing;
using Portal.Vault.ProcessingLog;
using Portal.Web.Components.Shared.Toasts;
using Portal.Web.Components.Vaultboxes;

namespace Portal.Web.Tests.Components.Vaultboxes;

/// <summary>Acts of a row's menu, and how they are taken back.</summary>
public sealed class VaultboxActsTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    private Toaster Toaster => Services.GetRequiredService<Toaster>();

    [Fact]
    public async Task Pause_InTheMenu_IsDoneAndUndoneFromTheToast()
    {
        await KeyedAsync("choir", "Choir");
        var page = Render<VaultboxesPage>();

        await ChooseAsync(page, "Pause");

        page.WaitForAssertion(() => Assert.Equal("Paused", page.Find("tbody .vb-chip").TextContent));
        var toast = Assert.Single(Toaster.Shown);
        Assert.Equal(("Choir is paused. It refuses mail until you resume it.", "Undo"), (toast.Text, toast.Label));
        await page.InvokeAsync(() => toast.Act!());
        page.WaitForAssertion(() => Assert.Equal("Active", page.Find("tbody .vb-chip").TextContent));
        Assert.Equal("Choir takes mail again.", Toaster.Shown[^1].Text);
    }

    [Theory]
    [InlineData("paused", "Resume", "Active")]
    [InlineData("archived", "Take mail again", "Active")]
    [InlineData("paused", "Archive", "Archived")]
    public async Task Status_InTheMenu_LeadsWhereItSays(string from, string item, string to)
    {
        var box = await KeyedAsync("choir", "Choir");
        await Vault.ExecuteAsync($"UPDATE vaultboxes SET status = '{from}' WHERE id = '{box}'");
        var page = Render<VaultboxesPage>();

        await ChooseAsync(page, item);

        page.WaitForAssertion(() => Assert.Equal(to, page.Find("tbody .vb-chip").TextContent));
    }

    [Fact]
    public async Task Delete_InTheMenu_CountsThenDeletesAndUndoBringsItBack()
    {
        await KeyedAsync("other", "Other");
        await KeyedAsync("choir", "Choir");
        var page = Render<VaultboxesPage>();
        await ChooseAsync(page, "Delete…", "Choir");
        page.WaitForAssertion(() => Assert.Contains("Deletes 0 sealed messages on 24 December. Until then you can undo.", page.Find("dialog").TextContent, StringComparison.Ordinal));
        Assert.Contains("1 address go with it", page.Find("dialog").TextContent, StringComparison.Ordinal);

        await page.Find("dialog .vb-button-danger").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal(["Other"], page.FindAll("tbody .title").Select(name => name.TextContent)));
        Assert.Empty(page.FindAll("dialog"));
        Assert.Contains("Deleted 1", page.Find("nav[aria-label=Show]").TextContent, StringComparison.Ordinal);
        var toast = Assert.Single(Toaster.Shown);
        Assert.Equal("Choir is deleted. Until 24 December you can take it back.", toast.Text);
        await page.InvokeAsync(() => toast.Act!());
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("tbody tr").Count));
    }

    [Fact]
    public async Task Delete_DatabaseDown_SaysSoInsteadOfCountingForEver()
    {
        await KeyedAsync("choir", "Choir");
        var page = Render<VaultboxesPage>();
        page.WaitForElement("tbody tr");
        await Vault.GoDownAsync();

        await ChooseAsync(page, "Delete…", "Choir");

        page.WaitForAssertion(() => Assert.Contains("its database does not answer", page.Find("dialog [role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("dialog .vb-skeleton"));
        Assert.True(page.Find("dialog .vb-button-danger").HasAttribute("disabled"));
        await Vault.GoUpAsync();
    }

    [Fact]
    public async Task Delete_DeletedElsewhereMeanwhile_SaysThatItIsNotThere()
    {
        var box = await KeyedAsync("choir", "Choir");
        var page = Render<VaultboxesPage>();
        page.WaitForElement("tbody tr");
        await Vault.ExecuteAsync($"UPDATE vaultboxes SET deleted_at = now() WHERE id = '{box}'");

        await ChooseAsync(page, "Delete…", "Choir");

        page.WaitForAssertion(() => Assert.Contains("There is no such vaultbox.", page.Find("dialog [role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("dialog .vb-skeleton"));
    }

    [Fact]
    public async Task Deleted_InItsFilter_SaysWhenItIsDestroyedAndIsRestored()
    {
        var box = await KeyedAsync("choir", "Choir");
        await Vault.ExecuteAsync($"UPDATE vaultboxes SET deleted_at = '{Time.GetUtcNow():o}' WHERE id = '{box}'");
        Navigation.NavigateTo("/vaultboxes?state=deleted");
        var page = Render<VaultboxesPage>();
        var row = page.WaitForElement("tbody tr");
        Assert.Contains("destroyed on 24 December", row.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("tbody th a"));

        await ChooseAsync(page, "Restore");

        page.WaitForAssertion(() => Assert.Contains("No vaultbox matches.", page.Markup, StringComparison.Ordinal));
        Assert.Equal("Choir is back, with its mail, keys and devices.", Assert.Single(Toaster.Shown).Text);
    }

    [Fact]
    public async Task Pause_DatabaseDown_SaysSoAndKeepsTheList()
    {
        await KeyedAsync("choir", "Choir");
        var page = Render<VaultboxesPage>();
        page.WaitForElement("tbody tr");
        await Vault.GoDownAsync();

        await ChooseAsync(page, "Pause");

        page.WaitForAssertion(() => Assert.True(Assert.Single(Toaster.Shown).IsFailure));
        Assert.Single(page.FindAll("tbody tr"));
        await Vault.GoUpAsync();
    }

    [Fact]
    public async Task Open_HeldUpMail_CountsWhatWaitsInBannerAndRow()
    {
        var box = await MakeVaultboxAsync("choir", "Choir");
        foreach (var sender in new[] { "a@x.test", "b@x.test", "b@x.test" })
            await LogAsync(LogStages.Deferred, LogOutcomes.Deferred, entry => (entry.VaultboxId, entry.UserId, entry.SmtpCode, entry.Sender) = (box.Id, UserId, 451, sender));

        var page = Render<VaultboxesPage>();

        Assert.Contains("2 deliveries are waiting at their senders; none is lost if you act before 29 November.", page.WaitForElement(".vb-alert-error").TextContent, StringComparison.Ordinal);
        Assert.Contains("2 deliveries waiting at senders", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    private static async Task ChooseAsync(IRenderedComponent<VaultboxesPage> page, string item, string? name = null)
    {
        page.WaitForElement("tbody tr");
        var row = page.FindAll("tbody tr").First(r => name is null || r.TextContent.Contains(name, StringComparison.Ordinal));
        await row.QuerySelectorAll("button.vb-menu-item").Single(b => b.TextContent.Trim() == item).ClickAsync(new());
    }

    private async Task<Guid> KeyedAsync(string alias, string name)
    {
        var made = await MakeVaultboxAsync(alias, name);
        await GiveKeyAsync(made.Id, Time.GetUtcNow().AddYears(1));
        return made.Id;
    }
}
