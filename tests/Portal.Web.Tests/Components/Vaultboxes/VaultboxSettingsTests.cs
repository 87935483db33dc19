using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Testing;
using Portal.Web.Components.Shared.Toasts;
using Portal.Web.Components.Vaultboxes;

namespace Portal.Web.Tests.Components.Vaultboxes;

public sealed class VaultboxSettingsTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    private Guid id;

    [Fact]
    public async Task Name_Saved_ShowsInTheHead()
    {
        var page = await OpenAsync();
        Assert.True(Save(page, "name-title").HasAttribute("disabled"));
        await page.Find("#vaultbox-name").InputAsync("Choir");

        await page.Find("form[aria-labelledby=name-title]").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("Choir", page.Find("h1").TextContent));
        Assert.Equal("Name saved.", Assert.Single(Services.GetRequiredService<Toaster>().Shown).Text);
        Assert.True(Save(page, "name-title").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Name_DatabaseDown_KeepsWhatWasTypedAndCanBeSavedLater()
    {
        var page = await OpenAsync();
        await page.Find("#vaultbox-name").InputAsync("Choir");
        await Vault.GoDownAsync();
        await page.Find("form[aria-labelledby=name-title]").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("what you entered is still here", page.Find("[role=alert].vb-alert-error").TextContent, StringComparison.Ordinal));
        Assert.Equal("Choir", page.Find("#vaultbox-name").GetAttribute("value"));

        await Vault.GoUpAsync();
        await page.Find("form[aria-labelledby=name-title]").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("Choir", page.Find("h1").TextContent));
    }

    [Theory]
    [InlineData("open", "The results of your blood test", "Ada Lovelace <ada@clinic.example>")]
    [InlineData("baseline", "[...]", "Ada Lovelace <ada@clinic.example>")]
    [InlineData("shy", "[...]", "ada@clinic.example")]
    [InlineData("blind", "[...]", "mara@vault.test")]
    public async Task HeaderPolicy_Chosen_ShowsAtOnceWhatTheServerSees(string policy, string subject, string from)
    {
        var page = await OpenAsync();

        await page.Find($"input[name=header-policy][value={policy}]").ChangeAsync(policy);

        Assert.Equal((subject, from), (Seen(page, "Subject"), Seen(page, "From")));
        Assert.Equal("shy", await StoredAsync("header_policy"));
    }

    [Theory]
    [InlineData("full", "ada@clinic.example")]
    [InlineData("domain", "clinic.example")]
    [InlineData("none", "not told")]
    public async Task MetadataPolicy_Chosen_ShowsAtOnceWhatListsSay(string policy, string sender)
    {
        var page = await OpenAsync();

        await page.Find($"input[name=metadata-policy][value={policy}]").ChangeAsync(policy);

        Assert.Equal(sender, Seen(page, "Sender in lists"));
    }

    [Fact]
    public async Task HeaderPolicy_SavedWithoutFreshProof_AsksForOneAndKeepsTheChoice()
    {
        var page = await OpenAsync();
        Time.Advance(TimeSpan.FromMinutes(11));
        await page.Find("input[name=header-policy][value=blind]").ChangeAsync("blind");
        await page.Find("form[aria-labelledby=headers-title]").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("Confirm that it is you.", page.Markup, StringComparison.Ordinal));
        Assert.Equal("mara@vault.test", Seen(page, "From"));
        Assert.Equal("shy", await StoredAsync("header_policy"));

        SignInAs("user");

        page.WaitForAssertion(() => Assert.Contains(Services.GetRequiredService<Toaster>().Shown, toast => toast.Text == "Saved. Mail from now on is sealed so."));
        Assert.Equal("blind", await StoredAsync("header_policy"));
        Assert.DoesNotContain("Confirm that it is you.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cipher_Saved_IsStored()
    {
        var page = await OpenAsync();
        await page.Find("input[name=cipher][value=aes-256-gcm]").ChangeAsync("aes-256-gcm");

        await page.Find("form[aria-labelledby=cipher-title]").SubmitAsync();

        page.WaitForAssertion(() => Assert.True(Save(page, "cipher-title").HasAttribute("disabled")));
        Assert.Equal("aes-256-gcm", await StoredAsync("cipher"));
        Assert.Equal("seal", await StoredAsync("encrypted_mail"));
    }

    [Fact]
    public async Task EncryptedMail_Saved_IsStoredAndTheCipherStays()
    {
        var page = await OpenAsync();
        await page.Find("input[name=encrypted-mail][value=leave]").ChangeAsync("leave");

        await page.Find("form[aria-labelledby=cipher-title]").SubmitAsync();

        page.WaitForAssertion(() => Assert.True(Save(page, "cipher-title").HasAttribute("disabled")));
        Assert.Equal(("leave", "aes-256-cbc"), (await StoredAsync("encrypted_mail"), await StoredAsync("cipher")));
    }

    [Fact]
    public async Task Limits_Saved_AreStoredAndEmptyTakesThemAway()
    {
        var page = await OpenAsync();
        await page.Find("#limit-storage").InputAsync("1.5");
        await page.Find("#limit-messages").InputAsync("200");
        await page.Find("form[aria-labelledby=limits-title]").SubmitAsync();
        page.WaitForAssertion(() => Assert.True(Save(page, "limits-title").HasAttribute("disabled")));
        Assert.Equal("{\"storageBytes\": 1500000, \"messagesPerDay\": 200}", await StoredAsync("limits::text"));

        await page.Find("#limit-storage").InputAsync("");
        await page.Find("#limit-messages").InputAsync("");
        await page.Find("form[aria-labelledby=limits-title]").SubmitAsync();

        page.WaitForAssertion(() => Assert.True(Save(page, "limits-title").HasAttribute("disabled")));
        Assert.Equal("{}", await StoredAsync("limits::text"));
    }

    [Theory]
    [InlineData("#limit-storage", "much", "Enter a number of megabytes, such as 500.")]
    [InlineData("#limit-storage", "0.5", "Storage can be limited to 1 MB to 1 TB")]
    [InlineData("#limit-messages", "1.5", "Enter a whole number, such as 200.")]
    [InlineData("#limit-messages", "0", "Messages can be limited to 1 to 100,000")]
    public async Task Limits_OutOfRangeOrNoNumber_SayWhatWouldDo(string field, string typed, string reason)
    {
        var page = await OpenAsync();
        await page.Find(field).InputAsync(typed);

        await page.Find("form[aria-labelledby=limits-title]").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains(reason, page.Find($"{field}-error").TextContent, StringComparison.Ordinal));
        Assert.Equal(("true", typed), (page.Find(field).GetAttribute("aria-invalid"), page.Find(field).GetAttribute("value")));
        Assert.Equal("{}", await StoredAsync("limits::text"));
    }

    [Fact]
    public async Task Life_PausedAndTakenBack_ShowsInHeadAndCard()
    {
        var page = await OpenAsync();

        await Button(page, "Pause vaultbox").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal("Paused", page.Find("header .vb-chip").TextContent));
        Assert.Contains("It refuses mail since", page.Find("section[aria-labelledby=life-title]").TextContent, StringComparison.Ordinal);
        await Button(page, "Take mail again").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("Pause vaultbox", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Life_Deleted_LeadsToTheListAndTheToastTakesItBack()
    {
        var page = await OpenAsync();
        await Button(page, "Delete vaultbox…").ClickAsync(new());
        page.WaitForAssertion(() => Assert.False(Button(page, "Delete vaultbox").HasAttribute("disabled")));

        await Button(page, "Delete vaultbox").ClickAsync(new());

        page.WaitForAssertion(() => Assert.EndsWith("/vaultboxes", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal("Undo", Assert.Single(Services.GetRequiredService<Toaster>().Shown).Label);
    }

    [Fact]
    public async Task Open_SomeoneElses_IsNotFound()
    {
        var theirs = await MakeVaultboxAsync("theirs", "Secret name", owner: Guid.NewGuid());
        var notFound = false;
        Navigation.OnNotFound += (_, _) => notFound = true;

        var page = Render<VaultboxSettingsPage>(p => p.Add(v => v.Id, theirs.Id));

        page.WaitForAssertion(() => Assert.True(notFound));
        Assert.DoesNotContain("Secret name", page.Markup, StringComparison.Ordinal);
    }

    private async Task<IRenderedComponent<VaultboxSettingsPage>> OpenAsync()
    {
        id = (await MakeVaultboxAsync("mara", "Everyday mail")).Id;
        var page = Render<VaultboxSettingsPage>(p => p.Add(v => v.Id, id));
        page.WaitForElement("#vaultbox-name");
        return page;
    }

    private Task<string?> StoredAsync(string column) => Vault.ScalarAsync<string>($"SELECT {column} FROM vaultboxes WHERE id = '{id}'");

    private static AngleSharp.Dom.IElement Save(IRenderedComponent<VaultboxSettingsPage> page, string card) => page.Find($"form[aria-labelledby={card}] button[type=submit]");

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<VaultboxSettingsPage> page, string text) =>
        page.FindAll("button").Single(button => button.TextContent.Trim() == text);

    private static string Seen(IRenderedComponent<VaultboxSettingsPage> page, string field) =>
        page.FindAll(".preview tbody tr").Single(row => row.QuerySelector("th")!.TextContent == field).LastElementChild!.TextContent.Trim();
}
