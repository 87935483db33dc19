using Bunit;
using Portal.Testing;
using Portal.Vault.ProcessingLog;
using Portal.Web.Components.Home;

namespace Portal.Web.Tests.Components.Home;

public sealed class HomePageTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    [Fact]
    public void Open_NoVaultbox_IsTheInvitationAlone()
    {
        var page = Render<HomePage>();

        Assert.Equal("/vaultboxes/new", page.WaitForElement(".vb-empty a").GetAttribute("href"));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".counts, #home-activity, .set-up")));
    }

    [Fact]
    public async Task Open_NothingToDo_SaysSoInOneLine()
    {
        var own = await MakeVaultboxAsync("mara");
        await GiveKeyAsync(own.Id, Time.GetUtcNow().AddYears(1));

        var page = Render<HomePage>();

        Assert.Contains("Nothing needs you.", page.WaitForElement(".quiet").TextContent, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal("1", page.Find(".counts dd").TextContent.Trim()));
        Assert.Contains("No mail came in the last 30 days.", page.WaitForElement(".vb-empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_SeveralThings_WorstFirstWithOneButtonEach()
    {
        var expiring = await MakeVaultboxAsync("expiring", "Choir");
        await GiveKeyAsync(expiring.Id, Time.GetUtcNow().AddDays(20).AddMinutes(1));
        var keyless = await MakeVaultboxAsync("keyless", "Shop");
        await LogAsync(LogStages.Deferred, LogOutcomes.Deferred, entry =>
            (entry.UserId, entry.VaultboxId, entry.SmtpCode, entry.Sender) = (UserId, keyless.Id, 451, "post@school.test"));
        await Vault.ExecuteAsync(
            $"INSERT INTO aliases (vaultbox_id, domain, local_part, expires_at) VALUES ('{expiring.Id}', 'vault.test', 'fair', '{Time.GetUtcNow().AddDays(5).AddMinutes(1):O}')");
        SignInAs("user", deletionDueAt: Time.GetUtcNow().AddDays(9));

        var page = Render<HomePage>();

        page.WaitForElement(".items li");
        Assert.Equal(
            ["Shop can’t take mail.", "This account will be deleted.", "The certificate of Choir ends in 20 days.", "fair@vault.test ends in 5 days."],
            page.FindAll(".items strong").Select(lead => lead.TextContent));
        Assert.All(page.FindAll(".items li"), item => Assert.Single(item.QuerySelectorAll("a")));
        var first = page.Find(".items li");
        Assert.Contains("1 sender is waiting for a key; the first gives up about Sun 29 Nov 2026, 10:42 UTC.", first.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/vaultboxes/{keyless.Id}/keys-setup", first.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task SetUp_UntilDone_ListsWhatIsLeft()
    {
        var own = await MakeVaultboxAsync("mara");
        await Platform.ExecuteAsync($"INSERT INTO users (id, email, role, status) VALUES ('{UserId}', 'mara@people.test', 'user', 'active')");

        var page = Render<HomePage>();

        Assert.Equal("Set-up, 1 of 5", page.WaitForElement("#home-set-up").TextContent);
        Assert.Equal(
            [$"/vaultboxes/{own.Id}/keys-setup", $"/vaultboxes/{own.Id}/ready", $"/vaultboxes/{own.Id}/devices", "/account/security"],
            page.FindAll(".set-up li a").Select(link => link.GetAttribute("href")));
        Assert.Equal("set-up", page.Find("vb-dismissible").GetAttribute("name"));
    }

    [Fact]
    public async Task Activity_OwnMail_SaysWhatHappenedAndToWhichAddress()
    {
        var own = await MakeVaultboxAsync("mara");
        await LogAsync(LogStages.Stored, LogOutcomes.Ok, entry =>
            (entry.UserId, entry.VaultboxId, entry.Sender, entry.Recipient) = (UserId, own.Id, "post@school.test", "mara@vault.test"));

        var page = Render<HomePage>();

        page.WaitForAssertion(() => Assert.Contains("Stored mail from post@school.test. Only your keys open it.", page.Find("tbody tr").TextContent, StringComparison.Ordinal));
        Assert.Equal($"/vaultboxes/{own.Id}/activity", page.Find("tbody tr a").GetAttribute("href"));
    }

    [Fact]
    public async Task Open_DatabaseDown_EachPartSaysSoAndTryAgainLoads()
    {
        await MakeVaultboxAsync("mara");
        await Vault.GoDownAsync();
        var page = Render<HomePage>();
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("[role=alert]").Count));

        await Vault.GoUpAsync();
        await page.Find("[role=alert] button").ClickAsync(new());

        page.WaitForElement(".items li");
        Assert.Equal(2, page.FindAll("[role=alert]").Count);
    }

    [Fact]
    public async Task Start_AfterSigningIn_LeadsHomeWhileSomethingWaitsElseToMail()
    {
        var own = await MakeVaultboxAsync("mara");
        Navigation.NavigateTo("/start");
        var first = Render<StartPage>();
        first.WaitForAssertion(() => Assert.EndsWith("/", Navigation.Uri, StringComparison.Ordinal));
        await GiveKeyAsync(own.Id, Time.GetUtcNow().AddYears(1));

        var start = Render<StartPage>();

        start.WaitForAssertion(() => Assert.EndsWith("/mail", Navigation.Uri, StringComparison.Ordinal));
    }
}
