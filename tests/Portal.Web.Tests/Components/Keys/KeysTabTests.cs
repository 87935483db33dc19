using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Testing;
using Portal.Web.Components.Shared.Toasts;
using Portal.Web.Components.Vaultboxes;

namespace Portal.Web.Tests.Components.Keys;

public sealed class KeysTabTests(PostgresCluster cluster) : KeyComponentTest(cluster)
{
    private Toaster Toaster => Services.GetRequiredService<Toaster>();

    [Fact]
    public async Task Open_NoKey_InvitesWithOneButton()
    {
        var own = await MakeVaultboxAsync("mara");

        var page = Open(own.Id);

        Assert.Equal($"/vaultboxes/{own.Id}/keys-setup", page.WaitForElement(".vb-empty a").GetAttribute("href"));
        Assert.DoesNotContain("Upload certificate", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_SomeoneElsesVaultbox_IsNotFound()
    {
        var theirs = await MakeVaultboxAsync("theirs", owner: Guid.NewGuid());
        var notFound = false;
        Navigation.OnNotFound += (_, _) => notFound = true;

        var page = Open(theirs.Id);

        page.WaitForAssertion(() => Assert.True(notFound));
        Assert.Empty(page.FindAll("button, table"));
    }

    [Fact]
    public async Task Open_TwoKeys_SayWhatEachOpensAndOnWhichMailHangs()
    {
        var own = await MakeVaultboxAsync("mara");
        var (old, young) = (await AddKeyAsync(own.Id, "Laptop 2024"), await AddKeyAsync(own.Id, "Work card"));
        await SealAsync(own.Id, 3, old);
        await SealAsync(own.Id, 2, old, young);

        var page = Open(own.Id);

        page.WaitForElement("tbody tr");
        var row = Row(page, "Laptop 2024");
        Assert.Contains("5 messages 3 open with nothing else", row, StringComparison.Ordinal);
        Assert.Contains("2 messages all of them also open elsewhere", Row(page, "Work card"), StringComparison.Ordinal);
        Assert.Contains("3 messages open with Laptop 2024 only.", page.Find(".vb-alert-warn").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", page.Find("section.timeline").GetAttribute("aria-hidden"));
    }

    [Fact]
    public async Task Open_OneKey_IsNotWarnedOf()
    {
        var own = await MakeVaultboxAsync("mara");
        await SealAsync(own.Id, 3, await AddKeyAsync(own.Id, "Laptop"));

        var page = Open(own.Id);

        page.WaitForElement("tbody tr");
        Assert.Empty(page.FindAll(".vb-alert-warn"));
    }

    [Fact]
    public async Task Open_MailThatNoKeyOpens_IsSaid()
    {
        var own = await MakeVaultboxAsync("mara");
        var key = await AddKeyAsync(own.Id, "Laptop");
        await SealAsync(own.Id, 4, key with { FingerprintSha256 = new string('a', 64) });

        var page = Open(own.Id);

        page.WaitForAssertion(() => Assert.Contains("4 messages open with no key", page.Find(".vb-alert-error").TextContent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(700, "In use")]
    [InlineData(59, "Expires soon")]
    [InlineData(-1, "Expired")]
    public async Task Open_KeyByItsEnd_StateIsSaid(int days, string state)
    {
        var own = await MakeVaultboxAsync("mara");
        await AddKeyAsync(own.Id, "Laptop", days);

        var page = Open(own.Id);

        Assert.Equal(state, page.WaitForElement("tbody .vb-chip").TextContent);
        Assert.Equal(days == 59, page.Markup.Contains("Renew Laptop", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_KeyNotProvenForNinetyDays_IsMarked()
    {
        var own = await MakeVaultboxAsync("mara");
        var (fresh, old) = (await AddKeyAsync(own.Id, "Fresh"), await AddKeyAsync(own.Id, "Old"));
        await Vault.ExecuteAsync($"UPDATE certificates SET last_proven_at = '{Time.GetUtcNow().AddDays(-6):O}' WHERE id = '{fresh.Id}'");
        await Vault.ExecuteAsync($"UPDATE certificates SET last_proven_at = '{Time.GetUtcNow().AddDays(-104):O}' WHERE id = '{old.Id}'");

        var page = Open(own.Id);

        page.WaitForElement("tbody tr");
        Assert.Contains("6 days ago", Row(page, "Fresh"), StringComparison.Ordinal);
        Assert.DoesNotContain("Prove it now", Row(page, "Fresh"), StringComparison.Ordinal);
        Assert.Matches("3 months ago ?Prove it now", Row(page, "Old"));
    }

    [Fact]
    public async Task Retire_OneOfTwo_SaysSoWithUndo()
    {
        var own = await MakeVaultboxAsync("mara");
        var key = await AddKeyAsync(own.Id, "Laptop");
        await AddKeyAsync(own.Id, "Card");
        var page = Open(own.Id);
        await ChooseAsync(page, "Laptop", "Retire");

        await Button(page, "Retire key").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Retired", Row(page, "Laptop"), StringComparison.Ordinal));
        var toast = Assert.Single(Toaster.Shown);
        Assert.Equal(("Retired Laptop. What it opens, it still opens.", "Undo"), (toast.Text, toast.Label));
        await page.InvokeAsync(() => toast.Act!());
        Assert.Equal("active", await Vault.ScalarAsync<string>($"SELECT status FROM certificates WHERE id = '{key.Id}'"));
        page.WaitForAssertion(() => Assert.Contains("In use", Row(page, "Laptop"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Retire_LastOne_WarnsThatMailWaitsAndAsksAgain()
    {
        var own = await MakeVaultboxAsync("mara");
        var key = await AddKeyAsync(own.Id, "Laptop");
        var page = Open(own.Id);
        await ChooseAsync(page, "Laptop", "Retire");

        await Button(page, "Retire key").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("mail waits at its senders", page.Find("dialog .vb-alert-warn").TextContent, StringComparison.Ordinal));
        Assert.Equal("active", await Vault.ScalarAsync<string>($"SELECT status FROM certificates WHERE id = '{key.Id}'"));
        await Button(page, "Retire it and let mail wait").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Retired", Row(page, "Laptop"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Retire_WithAnOldProof_WaitsForOne()
    {
        var own = await MakeVaultboxAsync("mara");
        await AddKeyAsync(own.Id, "Laptop");
        await AddKeyAsync(own.Id, "Card");
        var page = Open(own.Id);
        await ChooseAsync(page, "Laptop", "Retire");
        MakeStale();

        await Button(page, "Retire key").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("Confirm that it is you.", page.Find("dialog").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Delete_MessagesOpenWithItOnly_IsRefusedWithTheNumber()
    {
        var own = await MakeVaultboxAsync("mara");
        var key = await AddKeyAsync(own.Id, "Laptop");
        await AddKeyAsync(own.Id, "Card");
        await SealAsync(own.Id, 3, key);
        var page = Open(own.Id);

        await ChooseAsync(page, "Laptop", "Delete");

        Assert.Contains("3 messages open with this key only. Add another key to them first.", page.WaitForElement("dialog").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Trim() == "Delete key");
    }

    [Fact]
    public async Task Delete_NewMailIsSealedToItOnly_IsRefusedBeforeTheClick()
    {
        var own = await MakeVaultboxAsync("mara");
        await AddKeyAsync(own.Id, "Laptop");
        var page = Open(own.Id);

        await ChooseAsync(page, "Laptop", "Delete");

        Assert.Contains("New mail is sealed to this key only. Add another key first.", page.WaitForElement("dialog").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Trim() == "Delete key");
    }

    [Fact]
    public async Task Delete_NothingHangsOnIt_GoesAndIsSaid()
    {
        var own = await MakeVaultboxAsync("mara");
        var (key, other) = (await AddKeyAsync(own.Id, "Laptop"), await AddKeyAsync(own.Id, "Card"));
        await SealAsync(own.Id, 2, key, other);
        var page = Open(own.Id);
        await ChooseAsync(page, "Laptop", "Delete");
        Assert.Contains("All 2 messages that it opens also open with another key.", page.WaitForElement("dialog").TextContent, StringComparison.Ordinal);

        await Button(page, "Delete key").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody tr")));
        Assert.Equal("Deleted Laptop", Assert.Single(Toaster.Shown).Text);
    }

    [Fact]
    public async Task Rename_EmptyThenGood_RefusesThenKeeps()
    {
        var own = await MakeVaultboxAsync("mara");
        await AddKeyAsync(own.Id, "Laptop");
        var page = Open(own.Id);
        await ChooseAsync(page, "Laptop", "Rename");

        await page.WaitForElement("#key-name").ChangeAsync(new() { Value = " " });
        await page.Find("#rename-key").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("needs a name", page.Find("#key-name-error").TextContent, StringComparison.Ordinal));
        await page.Find("#key-name").ChangeAsync(new() { Value = "Work card" });
        await page.Find("#rename-key").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("Work card", page.Find("tbody").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("dialog"));
    }

    [Fact]
    public async Task Prove_Chosen_OpensTheIslandForThatKey()
    {
        var own = await MakeVaultboxAsync("mara");
        var key = await AddKeyAsync(own.Id, "Laptop");
        var page = Open(own.Id);

        await ChooseAsync(page, "Laptop", "Prove");

        var island = page.WaitForElement("dialog vb-key-proof");
        Assert.Equal(($"{own.Id}", $"{key.Id}", false), (island.GetAttribute("vaultbox-id"), island.GetAttribute("certificate-id"), island.HasAttribute("held")));
    }

    private IRenderedComponent<VaultboxKeysPage> Open(Guid id) => Render<VaultboxKeysPage>(p => p.Add(page => page.Id, id));

    private static string Row(IRenderedComponent<VaultboxKeysPage> page, string name) => string.Join(
        ' ', page.FindAll("tbody tr").Single(row => row.QuerySelector("a.name")!.TextContent == name).TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static async Task ChooseAsync(IRenderedComponent<VaultboxKeysPage> page, string name, string act)
    {
        page.WaitForElement("tbody tr");
        var row = page.FindAll("tbody tr").Single(r => r.QuerySelector("a.name")!.TextContent == name);
        await row.QuerySelectorAll("button.vb-menu-item").Single(button => button.TextContent.Trim() == act).ClickAsync(new());
        page.WaitForElement("dialog");
    }
}
