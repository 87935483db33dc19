using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Journeys;

/// <summary>"Where is my mail?": an admin goes from the chart to the reason of one mail that was refused and of one that was stored.</summary>
public sealed class AdminLogTests(SharedPortal portal, Chromium chromium)
{
    [Fact]
    public async Task Spike_ThreeClicks_ReasonOfARefusedAndOfAStoredMail()
    {
        var owner = await TestAccount.AddAsync(portal.Process, "log.owner@people.test");
        await owner.NewVaultboxAsync("log.stored", new TestKey("log.stored@vault.test"));
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
        await visitor.SignInAsync(await TestAccount.AddAsync(portal.Process, "log.admin@people.test", "admin"));
        await visitor.GoAsync("/admin/processing-log?range=1h&domain=spike.example");
        await visitor.InteractiveAsync();
        await visitor.Page.GetByText("Nothing matches. Widen to 24 hours?").WaitForAsync();

        await SendAsync("tomas@spike.example", "log.stored@vault.test", "log.nobody@vault.test");
        var rows = visitor.Page.Locator("table.log tbody tr");
        await Row(rows, "Refused").WaitForAsync();
        await Row(rows, "Stored").WaitForAsync();

        await BrushAsync(visitor.Page.Locator("vb-log-brush"));
        await visitor.Page.WaitForURLAsync(new Regex("from="));
        await Row(rows, "Refused").ClickAsync();
        var trace = visitor.Page.Locator("aside.trace");
        await trace.Locator(".vb-alert").GetByText("No such address.").WaitForAsync();
        await visitor.CheckAsync("processing-log-trace-refused");
        await trace.GetByRole(AriaRole.Link, new() { Name = "Close the trace" }).ClickAsync();
        await Row(rows, "Stored").ClickAsync();
        await trace.GetByText("It is sealed in its owner’s vaultbox.").WaitForAsync();
        await visitor.CheckAsync("processing-log-trace");
        await trace.GetByRole(AriaRole.Link, new() { Name = "Close the trace" }).ClickAsync();

        var export = visitor.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Export \\d+ rows as CSV$") });
        var stated = int.Parse(Regex.Match(await export.InnerTextAsync(), "\\d+").Value, System.Globalization.CultureInfo.InvariantCulture);
        var csv = Encoding.UTF8.GetString(await visitor.DownloadAsync(() => export.ClickAsync()));
        Assert.Equal(stated, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length - 1);
    }

    /// <summary>The hour, the refused mail, closing its trace, the stored mail.</summary>
    [Fact]
    public async Task Overview_FourClicks_ReasonOfARefusedAndOfAStoredMail()
    {
        var owner = await TestAccount.AddAsync(portal.Process, "overview.owner@people.test");
        await owner.NewVaultboxAsync("log.overview", new TestKey("log.overview@vault.test"));
        await SendAsync("tomas@overview.example", "log.overview@vault.test", "log.noone@vault.test");
        await using var visitor = await Visitor.ArriveToLookAsync(chromium, portal.Url);
        await visitor.SignInAsync(await TestAccount.AddAsync(portal.Process, "overview.admin@people.test", "admin"));
        await visitor.LookAsync("admin-overview-mail", "/admin");

        await visitor.Page.Locator(".bars a").Last.ClickAsync();
        await visitor.InteractiveAsync();
        var rows = visitor.Page.Locator("table.log tbody tr");
        await Row(rows.Filter(new() { HasText = "log.noone" }), "Refused").ClickAsync();
        var trace = visitor.Page.Locator("aside.trace");
        await trace.Locator(".vb-alert").GetByText("No such address.").WaitForAsync();
        await trace.GetByRole(AriaRole.Link, new() { Name = "Close the trace" }).ClickAsync();
        await Row(rows.Filter(new() { HasText = "log.overview" }), "Stored").ClickAsync();
        await trace.GetByText("It is sealed in its owner’s vaultbox.").WaitForAsync();
    }

    private static ILocator Row(ILocator rows, string step) => rows.Filter(new() { HasText = step }).First;

    /// <summary>The newest sixth of the hour.</summary>
    private static async Task BrushAsync(ILocator chart)
    {
        var box = (await chart.BoundingBoxAsync())!;
        var (right, middle) = (box.X + box.Width - 2, box.Y + (box.Height / 2));
        await chart.Page.Mouse.MoveAsync(right, middle);
        await chart.Page.Mouse.DownAsync();
        await chart.Page.Mouse.MoveAsync(right - (box.Width / 6), middle, new() { Steps = 5 });
        await chart.Page.Mouse.UpAsync();
    }

    private Task SendAsync(string sender, string known, string unknown) => Tool.RunAsync("python3", ["-c", $"""
        import smtplib
        with smtplib.SMTP('127.0.0.1', {portal.Process.IntakePort}) as client:
            refused = client.sendmail('{sender}', ['{known}', '{unknown}'], b'Subject: x\r\nMessage-ID: <{Guid.NewGuid()}@spike.example>\r\n\r\nText\r\n')
            assert list(refused) == ['{unknown}'], refused
        """]);
}
