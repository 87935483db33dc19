using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Testing;
using Portal.Vault.ProcessingLog;
using Portal.Web.Components.Admin;
using Portal.Web.Components.Log;
using Portal.Web.Components.Shared.Toasts;

namespace Portal.Web.Tests.Components.Log;

public sealed class ProcessingLogPageTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    /// <summary>Half an hour by the clock of the test: the rows are still in the hour that is shown.</summary>
    private const int MostLooks = 1800;

    [Theory]
    [InlineData("user")]
    [InlineData("support")]
    public async Task Open_NotAnAdmin_LooksAsIfItWereNotThere(string role)
    {
        await LogAsync(LogStages.Stored, LogOutcomes.Ok);
        SignInAs(role);
        var notFound = false;
        Navigation.OnNotFound += (_, _) => notFound = true;

        var page = Render<ProcessingLogPage>();

        page.WaitForAssertion(() => Assert.True(notFound));
        Assert.Empty(page.FindAll("h1, table"));
    }

    [Fact]
    public void Open_NoMail_SaysSoAndWidens()
    {
        SignInAs("admin");

        var page = Render<ProcessingLogPage>();

        Assert.Contains("No mail came in this time. Widen to 7 days?", page.WaitForElement(".vb-empty").TextContent, StringComparison.Ordinal);
        Assert.Equal("/admin/processing-log?range=7d", page.Find(".vb-empty a").GetAttribute("href"));
    }

    [Fact]
    public async Task Open_Rows_ShowWhoReplyAndReason()
    {
        SignInAs("admin");
        await LogAsync(LogStages.Refused, LogOutcomes.Refused, entry =>
            (entry.Recipient, entry.SmtpCode, entry.EnhancedCode, entry.Reason) = ("nobody@vault.test", 550, "5.1.1", "no such address"));

        var page = Render<ProcessingLogPage>();

        var row = Assert.Single(page.WaitForElements("table.log tbody tr"));
        Assert.Contains("Refused", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("nobody@vault.test", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("550 5.1.1 no such address", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_InTheUrl_NarrowsTheRows()
    {
        SignInAs("admin");
        await LogAsync(LogStages.Refused, LogOutcomes.Refused, entry => entry.Recipient = "a@vault.test");
        await LogAsync(LogStages.Stored, LogOutcomes.Ok, entry => entry.Recipient = "b@vault.test");
        await LogAsync(LogStages.Stored, LogOutcomes.Ok, entry => (entry.Recipient, entry.OccurredAt) = ("old@vault.test", Time.GetUtcNow().AddHours(-2)));
        Navigation.NavigateTo("/admin/processing-log?range=1h&stage=stored");

        var page = Render<ProcessingLogPage>();

        var row = Assert.Single(page.WaitForElements("table.log tbody tr"));
        Assert.Contains("b@vault.test", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_Chosen_GoesIntoTheUrl()
    {
        SignInAs("admin");
        var page = Render<ProcessingLogPage>();

        await page.WaitForElement("#log-range").ChangeAsync("7d");
        await ButtonOf(page, "Filter").ClickAsync();
        await page.Find("#filter-stage").ChangeAsync("deferred");
        await page.Find("#filter-code").ChangeAsync("451 4.3.5");
        await page.Find("#filter-domain").ChangeAsync("vault.test");
        await page.Find("#filter-from").ChangeAsync("2026-11-24 17:30");
        await page.Find("#filter-to").ChangeAsync("2026-11-24 17:45");
        await page.Find("#log-filter").SubmitAsync();

        Assert.EndsWith(
            "/admin/processing-log?from=2026-11-24T17%3A30%3A00Z&to=2026-11-24T17%3A45%3A00Z&stage=deferred&code=451%204.3.5&domain=vault.test", Navigation.Uri, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("dialog"));
    }

    [Theory]
    [InlineData("filter-code", "999")]
    [InlineData("filter-domain", "mara@vault.test")]
    [InlineData("filter-address", "mara")]
    [InlineData("filter-ip", "192.0.2")]
    [InlineData("filter-vaultbox", "mine")]
    [InlineData("filter-message", "01KBA7")]
    [InlineData("filter-from", "yesterday")]
    public async Task Filter_Malformed_IsSaidAtItsFieldAndFiltersNothing(string field, string typed)
    {
        SignInAs("admin");
        var page = Render<ProcessingLogPage>();
        var before = Navigation.Uri;

        await ButtonOf(page, "Filter").ClickAsync();
        await page.Find($"#{field}").ChangeAsync(typed);
        await page.Find("#log-filter").SubmitAsync();

        Assert.Equal("true", page.Find($"#{field}").GetAttribute("aria-invalid"));
        Assert.StartsWith("Type", page.Find($"#{field}-hint").TextContent, StringComparison.Ordinal);
        Assert.Equal(before, Navigation.Uri);
    }

    [Fact]
    public async Task Filters_InTheUrl_AreChipsThatGoAway()
    {
        SignInAs("admin");
        await LogAsync(LogStages.Deferred, LogOutcomes.Deferred, entry => (entry.Recipient, entry.SmtpCode) = ("kim@vault.test", 452));
        await LogAsync(LogStages.Deferred, LogOutcomes.Deferred, entry => (entry.Recipient, entry.SmtpCode) = ("kim@other.test", 452));
        Navigation.NavigateTo("/admin/processing-log?domain=vault.test&code=452&after=");

        var page = Render<ProcessingLogPage>();

        Assert.Single(page.WaitForElements("table.log tbody tr"));
        Assert.Equal("/admin/processing-log?code=452", page.Find("[aria-label='Remove the filter domain is vault.test']").GetAttribute("href"));
        Assert.Equal("/admin/processing-log?domain=vault.test", page.Find("[aria-label='Remove the filter code is 452']").GetAttribute("href"));
    }

    [Fact]
    public async Task Chart_Events_AreBarsAndATableWithLinksToTheirTime()
    {
        SignInAs("admin");
        await LogAsync(LogStages.Stored, LogOutcomes.Ok, entry => entry.OccurredAt = Time.GetUtcNow().AddMinutes(-30));
        await LogAsync(LogStages.Refused, LogOutcomes.Refused, entry => entry.OccurredAt = Time.GetUtcNow().AddMinutes(-30));
        Navigation.NavigateTo("/admin/processing-log?range=1h");

        var page = Render<ProcessingLogPage>();

        Assert.Contains("2 events", page.WaitForElement(".chart .sum").TextContent, StringComparison.Ordinal);
        Assert.Contains("Refused 1", page.Find(".chart .legend").TextContent, StringComparison.Ordinal);
        Assert.Contains(page.FindAll("rect.refused"), bar => bar.GetAttribute("height") != "0");
        var row = Assert.Single(page.FindAll(".as-table tbody tr"));
        Assert.Contains("from=", row.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("Export 2 rows as CSV", page.Find("a[href^='/api/v1/processing-logs/export.csv?range=1h']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_NewRow_ComesInByItselfAndIsCountedWhilePaused()
    {
        SignInAs("admin");
        await using var signal = await ListenAsync();
        var page = Render<ProcessingLogPage>();
        page.WaitForElement(".vb-empty");

        await LogAsync(LogStages.Stored, LogOutcomes.Ok, entry => entry.Recipient = "first@vault.test");
        await NewsAsync(page, () => page.FindAll("table.log tbody tr").Count == 1);
        await page.Find("[data-vb-live]").ClickAsync();
        Time.Advance(TimeSpan.FromSeconds(2));
        await LogAsync(LogStages.Stored, LogOutcomes.Ok, entry => entry.Recipient = "second@vault.test");
        await NewsAsync(page, () => page.FindAll("[data-vb-fresh]").Count == 1);

        Assert.Equal("1 new", page.Find("[data-vb-fresh]").TextContent);
        Assert.Single(page.FindAll("table.log tbody tr"));
        await page.Find("[data-vb-fresh]").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("table.log tbody tr").Count));
        Assert.Equal("true", page.Find("[data-vb-live]").GetAttribute("aria-pressed"));
    }

    [Fact]
    public void Live_FixedTime_OffersToGoToNow()
    {
        SignInAs("admin");
        Navigation.NavigateTo("/admin/processing-log?from=2026-11-24T17:30:00Z&to=2026-11-24T17:45:00Z&code=550");

        var page = Render<ProcessingLogPage>();

        page.WaitForElement(".vb-empty");
        Assert.Empty(page.FindAll("[data-vb-live]"));
        Assert.Contains(page.FindAll("a"), link => link.TextContent == "Go to now" && link.GetAttribute("href") == "/admin/processing-log?code=550");
        Assert.Contains("Nothing matches. Widen to 24 hours?", page.Find(".vb-empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task View_SavedRenamedDeletedAndTakenBack_StandsInTheRow()
    {
        SignInAs("admin");
        Navigation.NavigateTo("/admin/processing-log?code=550");
        var page = Render<ProcessingLogPage>();

        await ButtonOf(page, "Save view").ClickAsync();
        await page.Find("#log-view").SubmitAsync();
        Assert.Contains("A view needs a name", page.WaitForElement("#view-error span").TextContent, StringComparison.Ordinal);
        await page.Find("#view-name").ChangeAsync("No such address");
        await page.Find("#log-view").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal(("No such address", "page"), Saved(page)));
        await ButtonOf(page, "Rename").ClickAsync();
        await page.Find("#view-name").ChangeAsync("Typos");
        await page.Find("#log-view").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Typos", Saved(page)?.Name));
        await ButtonOf(page, "Delete").ClickAsync();
        page.WaitForAssertion(() => Assert.Null(Saved(page)));
        await Services.GetRequiredService<Toaster>().Shown[^1].Act!();

        page.WaitForAssertion(() => Assert.Equal("Typos", Saved(page)?.Name));
    }

    [Fact]
    public async Task Passport_AfterATryOfAnotherPassport_JoinsItAndShowsItRaw()
    {
        SignInAs("admin");
        var digest = Guid.NewGuid().ToByteArray();
        await LogAsync(LogStages.Deferred, LogOutcomes.Deferred, entry => (entry.AttemptDigest, entry.Reason) = (digest, "No valid certificate."));
        Time.Advance(TimeSpan.FromMinutes(12));
        var passport = await LogAsync(LogStages.Accepted, LogOutcomes.Ok, entry => entry.AttemptDigest = digest);
        Time.Advance(TimeSpan.FromMilliseconds(7));
        await LogAsync(LogStages.Stored, LogOutcomes.Ok, entry => entry.PassportId = passport);
        Navigation.NavigateTo($"/admin/processing-log?passport={passport}");

        var page = Render<ProcessingLogPage>();

        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("aside ol li").Count));
        Assert.Contains("Stored after a retry. Held up 12 min: No valid certificate.", page.Find("aside .vb-alert-ok").TextContent, StringComparison.Ordinal);
        Assert.Contains("Try 2, likely of the same message.", page.FindAll("aside ol li")[1].TextContent, StringComparison.Ordinal);
        await ButtonOf(page, "Open raw events").ClickAsync();
        Assert.Equal(3, page.Find("aside pre").TextContent.Split('\n').Length);
        Assert.Contains($"\"passportId\":\"{passport}\"", page.Find("aside pre").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passport_InTheUrl_ShowsTheWholeWayAndTheVerdict()
    {
        SignInAs("admin");
        var passport = await LogAsync(LogStages.Deferred, LogOutcomes.Deferred, entry => entry.Reason = "no valid certificate");
        Time.Advance(TimeSpan.FromMinutes(12));
        await LogAsync(LogStages.Stored, LogOutcomes.Ok, entry => entry.PassportId = passport);
        Navigation.NavigateTo($"/admin/processing-log?passport={passport}");

        var page = Render<ProcessingLogPage>();

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("aside ol li").Count));
        Assert.Contains("Stored after a retry.", page.Find("aside .vb-alert-ok").TextContent, StringComparison.Ordinal);
        Assert.Contains("+12 min", page.FindAll("aside ol li")[1].TextContent, StringComparison.Ordinal);
        await page.Find("aside").KeyDownAsync("Escape");
        Assert.EndsWith("/admin/processing-log", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_DatabaseDown_KeepsTheFiltersAndOffersAnotherTry()
    {
        SignInAs("admin");
        await Vault.GoDownAsync();

        var page = Render<ProcessingLogPage>();

        Assert.Contains("Reference", page.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find("#log-range"));
        await Vault.GoUpAsync();
    }

    private static IElement ButtonOf(IRenderedComponent<ProcessingLogPage> page, string text) =>
        page.WaitForElements("button").First(button => button.TextContent.Trim() == text);

    /// <summary>The only saved view.</summary>
    private static (string Name, string? Current)? Saved(IRenderedComponent<ProcessingLogPage> page) =>
        page.FindAll(".saved a").Select(view => ((string, string?)?)(view.TextContent, view.GetAttribute("aria-current"))).SingleOrDefault();

    /// <summary>What a running instance does in the background: it listens for new rows.</summary>
    private async Task<IAsyncDisposable> ListenAsync()
    {
        var signal = Services.GetRequiredService<ProcessingLogSignal>();
        await signal.StartAsync(Cancel);
        return new Stopper(signal);
    }

    /// <summary>Says that there are rows until the page has seen them: it rests between two looks, by the clock of the test.</summary>
    private async Task NewsAsync(IRenderedComponent<ProcessingLogPage> page, Func<bool> isSeen)
    {
        for (var looks = 0; !isSeen(); looks++)
        {
            Assert.True(looks < MostLooks, $"Not seen after {looks} looks:\n{page.Markup}");
            await Vault.ExecuteAsync("NOTIFY vault_log");
            Time.Advance(LogTable.Rest);
            await page.InvokeAsync(() => { });
        }
    }

    private sealed class Stopper(ProcessingLogSignal signal) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await signal.StopAsync(CancellationToken.None);
    }
}
