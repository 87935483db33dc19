using System.Net;
using Bunit;
using Microsoft.AspNetCore.Components;
using Portal.Testing;
using Portal.Web.Components.Admin;

namespace Portal.Web.Tests.Components.Admin;

/// <summary>Overview, vaultboxes, domains, health and settings as an admin sees them, and as nobody else does.</summary>
public sealed class DeskPagesTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    private static readonly Guid Anna = Guid.Parse("7d3a4c1e-0000-4000-8000-000000000004");

    [Theory]
    [InlineData("user")]
    [InlineData("support")]
    public async Task Open_NotAnAdmin_LooksAsIfItWereNotThere(string role)
    {
        await AddAnnaAsync();
        await MakeVaultboxAsync("anna", owner: Anna);
        SignInAs(role);

        AssertAbsent<OverviewPage>();
        AssertAbsent<VaultboxesPage>();
        AssertAbsent<DomainsPage>();
        AssertAbsent<HealthPage>();
        AssertAbsent<SettingsPage>();
    }

    [Fact]
    public async Task Vaultboxes_Some_AreShownInNumbersWithTheirOwner()
    {
        await AddAnnaAsync();
        await GiveKeyAsync((await MakeVaultboxAsync("anna", "My secret project", Anna)).Id, Time.GetUtcNow().AddDays(400));
        await MakeVaultboxAsync("bare", owner: Guid.NewGuid());
        SignInAs("admin");

        var page = Render<VaultboxesPage>();

        var rows = page.WaitForElements("tbody tr").Select(row => string.Join('|', row.Children.Select(Words))).ToList();
        Assert.Equal("bare@vault.test an account that is gone|No key|0|0 bytes|0|none|24 Nov 2026", rows[0]);
        Assert.Equal("anna@vault.test anna@people.test|Active|0|0 bytes|1|29 Dec 2027|24 Nov 2026", rows[1]);
        Assert.DoesNotContain("secret project", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("q=ann", "anna@vault.test")]
    [InlineData("state=attention", "bare@vault.test")]
    [InlineData("state=nonsense", "bare@vault.test anna@vault.test")]
    [InlineData("after=nonsense", "bare@vault.test anna@vault.test")]
    [InlineData("owner=7d3a4c1e-0000-4000-8000-000000000004", "anna@vault.test")]
    public async Task Vaultboxes_FiltersInTheUrl_NarrowTheRows(string query, string addresses)
    {
        await AddAnnaAsync();
        await GiveKeyAsync((await MakeVaultboxAsync("anna", owner: Anna)).Id, Time.GetUtcNow().AddDays(400));
        await MakeVaultboxAsync("bare", owner: Guid.NewGuid());
        SignInAs("admin");
        Navigation.NavigateTo($"/admin/vaultboxes?{query}");

        var page = Render<VaultboxesPage>();

        Assert.Equal(addresses, string.Join(' ', page.WaitForElements("tbody th > span:first-child").Select(cell => cell.TextContent)));
    }

    [Fact]
    public void Lists_WithNothingInThem_SayWhatToDo()
    {
        SignInAs("admin");

        Assert.Contains("There is no vaultbox yet.", Render<VaultboxesPage>().WaitForElement(".vb-empty").TextContent, StringComparison.Ordinal);
        Assert.Contains("Give one to an account below.", Render<DomainsPage>().WaitForElement(".vb-empty").TextContent, StringComparison.Ordinal);
        Navigation.NavigateTo("/admin/vaultboxes?q=nobody");
        Assert.Equal("Show every vaultbox", Render<VaultboxesPage>().WaitForElement(".vb-empty a").TextContent);
        Navigation.NavigateTo("/admin/domains?q=nothing");
        Assert.Equal("Show every domain", Render<DomainsPage>().WaitForElement(".vb-empty a").TextContent);
    }

    [Fact]
    public async Task Domains_Added_LeadToTheirPageWhereTheyAreVerifiedAndShared()
    {
        await AddAnnaAsync();
        SignInAs("admin");
        var list = Render<DomainsPage>();
        list.WaitForElement("form[method=post]");

        list.Instance.Input = new AddDomainForm { Domain = "not a domain", Owner = "anna@people.test" };
        await list.Find("form[method=post]").SubmitAsync();
        Assert.Contains("not a domain name", list.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
        list.Instance.Input = new AddDomainForm { Domain = "anna.test", Owner = "anna@people.test" };
        await list.Find("form[method=post]").SubmitAsync();
        list.WaitForAssertion(() => Assert.Matches("/admin/domains/[0-9a-f-]{36}$", Navigation.Uri));
        var id = Guid.Parse(Navigation.Uri[^36..]);

        var page = OpenDomain(id);
        page.WaitForElement("section[aria-labelledby=verify-title] form");
        page.Instance.VerifyInput = new ReasonForm { Reason = " " };
        await page.Find("form").SubmitAsync();
        Assert.Contains("Say how you know", page.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
        page.Instance.VerifyInput = new ReasonForm { Reason = "Their contract names it" };
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.EndsWith("?done=verified", Navigation.Uri, StringComparison.Ordinal));

        page = OpenDomain(id);
        Assert.Contains("The domain is verified.", page.WaitForElement("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Their contract names it", page.Find("dl").TextContent, StringComparison.Ordinal);
        page.Instance.ShareInput = new ShareForm { Shared = true };
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.EndsWith("?done=shared", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal("Keep for its owner", OpenDomain(id).WaitForElement("form button").TextContent);

        Navigation.NavigateTo("/admin/domains");
        Assert.Equal("anna.testanna@people.test|Proved|every account|24 Nov 2026", string.Join('|', Render<DomainsPage>().WaitForElement("tbody tr").Children.Select(c => c.TextContent.Trim())));
    }

    [Fact]
    public async Task Domain_DoneThatIsNotSo_IsNotSaid()
    {
        await AddAnnaAsync();
        var id = Guid.NewGuid();
        await Platform.ExecuteAsync($"INSERT INTO domains (id, user_id, domain) VALUES ('{id}', '{Anna}', 'anna.test')");
        SignInAs("admin");
        Navigation.NavigateTo($"/admin/domains/{id}?done=verified");

        var page = OpenDomain(id);

        page.WaitForElement("form");
        Assert.Empty(page.FindAll("[role=status]"));
    }

    [Fact]
    public async Task Health_BothUp_ShowsThemSideBySideAndKeptApart()
    {
        await MakeVaultboxAsync("one");
        SignInAs("admin");

        var page = Render<HealthPage>();

        var cards = page.WaitForElements(".columns .vb-card");
        Assert.All(cards, card => Assert.Contains("Answers", card.TextContent, StringComparison.Ordinal));
        Assert.Contains("1 vaultbox", cards[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("PostgreSQL", cards[0].TextContent, StringComparison.Ordinal);
        Assert.Equal(8, page.FindAll(".vb-facts li").Count);
        Assert.DoesNotContain("this does not hold", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_Changed_HoldAndCanBeTakenBack()
    {
        await Platform.ExecuteAsync($"INSERT INTO users (id, email, role) VALUES ('{UserId}', 'mara.lindqvist@vault.test', 'admin')");
        SignInAs("admin");
        var page = Render<SettingsPage>();
        page.WaitForElement("#invitations");

        page.Instance.Value = "99";
        await FormOf(page, "invitations").SubmitAsync();
        Assert.Contains("from 1 to 30", page.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
        page.Instance.Value = "3";
        await FormOf(page, "invitations").SubmitAsync();
        page.WaitForAssertion(() => Assert.EndsWith("?done=invitations", Navigation.Uri, StringComparison.Ordinal));

        page = Render<SettingsPage>();
        Assert.Contains("Invitations: 3.", page.WaitForElement("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Changed by mara.lindqvist@vault.test", page.Markup, StringComparison.Ordinal);
        Assert.Equal("3", page.Find("#invitations-value").GetAttribute("value"));
        page.Instance.Back = true;
        await FormOf(page, "invitations").SubmitAsync();
        page = Render<SettingsPage>();
        page.WaitForAssertion(() => Assert.Equal("7", page.Find("#invitations-value").GetAttribute("value")));
    }

    [Fact]
    public async Task Overview_WithMailAndRefusals_LeadsFromEachNumberToItsRows()
    {
        await LogAsync("refused", "refused", entry =>
            (entry.OccurredAt, entry.SmtpCode, entry.EnhancedCode, entry.Reason) = (Time.GetUtcNow().AddMinutes(-1), 550, "5.1.1", "There is no such address here"));
        await LogAsync("stored", "ok", entry => (entry.OccurredAt, entry.SmtpCode) = (Time.GetUtcNow().AddMinutes(-1), 250));
        SignInAs("admin");

        var page = Render<OverviewPage>();

        var reason = page.WaitForElement(".reasons a");
        Assert.Equal("There is no such address here", reason.TextContent);
        Assert.Equal("/admin/processing-log?outcome=refused&code=550%205.1.1", WebUtility.HtmlDecode(reason.GetAttribute("href")));
        var hours = page.FindAll(".bars a");
        Assert.InRange(hours.Count, 24, 26);
        Assert.Contains("1 went well, 0 held up, 1 refused", hours[^1].GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.StartsWith("/admin/processing-log?from=", hours[^1].GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Overview_WithNothing_SaysSo()
    {
        SignInAs("admin");

        var page = Render<OverviewPage>();

        Assert.Contains("Nothing was refused or held up.", page.WaitForElement("section[aria-labelledby=why-title]").TextContent, StringComparison.Ordinal);
        Assert.Contains("No message was sealed.", page.Markup, StringComparison.Ordinal);
    }

    private static string Words(AngleSharp.Dom.IElement cell) => string.Join(' ', cell.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static AngleSharp.Dom.IElement FormOf(IRenderedComponent<SettingsPage> page, string id) => page.Find($"section[aria-labelledby={id}] form");

    private IRenderedComponent<DomainPage> OpenDomain(Guid id) => Render<DomainPage>(parameters => parameters.Add(page => page.Id, id));

    private void AssertAbsent<TPage>()
        where TPage : IComponent
    {
        var notFound = false;
        void Note(object? sender, Microsoft.AspNetCore.Components.Routing.NotFoundEventArgs e) => notFound = true;
        Navigation.OnNotFound += Note;
        var page = Render<TPage>();
        page.WaitForAssertion(() => Assert.True(notFound));
        Navigation.OnNotFound -= Note;
        Assert.Empty(page.FindAll("h1, form, table"));
    }

    private Task AddAnnaAsync() => Platform.ExecuteAsync($"INSERT INTO users (id, email) VALUES ('{Anna}', 'anna@people.test')");
}
