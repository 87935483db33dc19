using Bunit;
using Portal.Testing;
using Portal.Vault.ProcessingLog;
using Portal.Web.Components.Admin;

namespace Portal.Web.Tests.Components.Log;

public sealed class ProcessingLogPageTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
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

        Assert.Contains("No mail came in this time.", page.WaitForElement(".vb-empty").TextContent, StringComparison.Ordinal);
        Assert.Equal("/admin/processing-log?range=30d", page.Find(".vb-empty a").GetAttribute("href"));
    }

    [Fact]
    public async Task Open_Rows_ShowWhoReplyAndReason()
    {
        SignInAs("admin");
        await LogAsync(LogStages.Refused, LogOutcomes.Refused, entry =>
            (entry.Recipient, entry.SmtpCode, entry.EnhancedCode, entry.Reason) = ("nobody@vault.test", 550, "5.1.1", "no such address"));

        var page = Render<ProcessingLogPage>();

        var row = Assert.Single(page.WaitForElements("tbody tr"));
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

        var row = Assert.Single(page.WaitForElements("tbody tr"));
        Assert.Contains("b@vault.test", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_Chosen_GoesIntoTheUrl()
    {
        SignInAs("admin");
        var page = Render<ProcessingLogPage>();

        await page.WaitForElement("#log-range").ChangeAsync("7d");
        await page.Find("#log-stage").ChangeAsync("deferred");

        Assert.EndsWith("/admin/processing-log?range=7d&stage=deferred", Navigation.Uri, StringComparison.Ordinal);
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
}
