using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Accounts;

/// <summary>Two people at two browsers: one helps, one is helped. What reaches an open page is pushed: nobody loads anything again.</summary>
public sealed class SupportViewTests(SharedPortal portal, Chromium chromium)
{
    private const float Soon = 5_000;
    private const string Reason = "Mail from the school did not arrive";

    /// <summary>A write as the page's own scripts make them, with everything that they bring.</summary>
    private const string Write = """
        async ([path, method, body, type]) => {
          const token = document.querySelector('meta[name="antiforgery"]').content;
          const answer = await fetch(path, { method, headers: { 'X-Vaultbox-Antiforgery': token, 'Content-Type': type }, body, redirect: 'manual' });
          return [String(answer.status), (await answer.json()).code];
        }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task View_AskedAgreedLookedAndEnded_ChangesNothingAndIsOnRecord()
    {
        var ines = await TestAccount.AddAsync(portal.Process, "ines@people.test");
        var vaultbox = await ines.NewVaultboxAsync("ines-family", new TestKey("ines-family@vault.test"));
        var sam = await TestAccount.AddAsync(portal.Process, "sam@people.test", "support");
        await using var owner = await Visitor.ArriveAsync(chromium, portal.Url);
        await OpenAsync(owner, ines);
        await using var support = await Visitor.ArriveToLookAsync(chromium, portal.Url);
        await support.SignInAsync(sam);

        await AskAsync(support, ines.Email);
        await support.Page.GetByRole(AriaRole.Heading, new() { Name = $"Waiting for {ines.Email}" }).WaitForAsync();
        await support.CheckAsync("support-waiting");
        await owner.Page.GetByText($"{sam.Email} of support asks to see your account.").WaitForAsync(new() { Timeout = Soon });
        await owner.CheckAsync("support-asked");
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Let them look", Exact = true }).ClickAsync();
        await support.Page.GetByRole(AriaRole.Button, new() { Name = "Open the view", Exact = true }).ClickAsync();

        await LookAroundAsync(support, vaultbox);
        await owner.Page.GetByText($"{sam.Email} of support is looking at Mail").WaitForAsync(new() { Timeout = Soon });
        await AssertWritesRefusedAsync(support, vaultbox);

        await support.LookAsync("support-view", $"/vaultboxes/{vaultbox}/activity");
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "End now", Exact = true }).ClickAsync();
        await support.Page.WaitForURLAsync(new Regex("/support/views/[0-9a-f-]{36}$"), new() { Timeout = Soon });
        // Drawn twice: for the answer, and once the circuit stands.
        await support.InteractiveAsync();
        await support.Page.GetByText("ended by the owner").First.WaitForAsync();
        await support.CheckAsync("support-view-ended");
        Assert.Equal(sam.Email, await support.Page.EvaluateAsync<string>("fetch('/api/v1/me').then(r => r.json()).then(me => me.email)"));

        Assert.Equal("ines-family", (await ines.GetAsync($"/api/v1/vaultboxes/{vaultbox}")).GetProperty("name").GetString());
        await AssertRecordAsync(owner, sam.Email);
    }

    [Fact]
    public async Task BreakGlass_ByAnAdmin_IsToldToTheOwnerAtOnce()
    {
        var ruth = await TestAccount.AddAsync(portal.Process, "ruth@people.test");
        var admin = await TestAccount.AddAsync(portal.Process, "glass@people.test", "admin");
        await using var owner = await Visitor.ArriveAsync(chromium, portal.Url);
        await OpenAsync(owner, ruth);
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
        await visitor.SignInAsync(admin);

        await AskAsync(visitor, ruth.Email, isAsked: false);

        await owner.Page.GetByText("You were not asked.").WaitForAsync(new() { Timeout = Soon });
        await visitor.Page.GetByText("The owner has been told.").WaitForAsync();
        var notice = (await ruth.GetAsync("/api/v1/notices")).GetProperty("items")[0];
        Assert.Equal("view_without_asking", notice.GetProperty("kind").GetString());
    }

    private static async Task OpenAsync(Visitor visitor, TestAccount account)
    {
        await visitor.SignInAsync(account);
        await visitor.GoAsync("/vaultboxes");
        await visitor.InteractiveAsync();
    }

    private static async Task AskAsync(Visitor support, string email, bool isAsked = true)
    {
        var page = support.Page;
        await support.GoAsync("/support");
        await support.InteractiveAsync();
        await page.GetByLabel("E-mail address, username or vaultbox address").FillAsync(email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Find account", Exact = true }).ClickAsync();
        if (!isAsked)
            await page.GetByRole(AriaRole.Button, new() { Name = "They cannot answer", Exact = true }).ClickAsync();
        await page.GetByLabel("Reason", new() { Exact = true }).FillAsync(Reason);
        await page.GetByLabel("Ticket, if there is one").FillAsync("4127");
        await support.CheckAsync(isAsked ? "support-ask" : "support-glass");
        await page.GetByRole(AriaRole.Button, new() { Name = isAsked ? "Ask to look" : "Look without asking", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/support/views/"));
    }

    private static async Task LookAroundAsync(Visitor support, Guid vaultbox)
    {
        var page = support.Page;
        await page.GetByText("Support view of ines@people.test").WaitForAsync();
        await page.GetByText("No keys in this view").WaitForAsync();
        await support.GoAsync($"/vaultboxes/{vaultbox}/keys");
        await page.GetByText("Support never sees keys, passphrases or recovery kits.").WaitForAsync();
        await support.LookAsync("support-view-mail", "/mail");
        await page.GetByText("Support never sees mail.").WaitForAsync();
        await page.GetByText("Support view of ines@people.test").WaitForAsync();
        Assert.Equal(0, await page.Locator("vb-mail, script[src*='vault.js']").CountAsync());
    }

    private static async Task AssertWritesRefusedAsync(Visitor support, Guid vaultbox)
    {
        string[] refused = ["403", "support_view"];
        const string form = "application/x-www-form-urlencoded";
        Assert.Equal(refused, await WriteAsync($"/api/v1/vaultboxes/{vaultbox}", "PATCH", JsonSerializer.Serialize(new { name = "Changed" }), "application/json"));
        Assert.Equal(refused, await WriteAsync($"/api/v1/vaultboxes/{vaultbox}", "DELETE", "{}", "application/json"));
        Assert.Equal(refused, await WriteAsync("/account/sessions", "POST", "_handler=end-others", form));
        Assert.Equal(refused, await WriteAsync("/support/answer", "POST", "answer=yes", form));

        Task<string[]> WriteAsync(string path, string method, string body, string type) =>
            support.Page.EvaluateAsync<string[]>(Write, new[] { path, method, body, type });
    }

    private static async Task AssertRecordAsync(Visitor owner, string supporter)
    {
        await owner.LookAsync("account-viewers", "/account/viewers");
        await Assertions.Expect(owner.Page.Locator(".vb-view-timeline")).ToContainTextAsync("Support opened Activity of a vaultbox");
        var download = await owner.Page.RunAndWaitForDownloadAsync(() => owner.Page.GetByRole(AriaRole.Link, new() { Name = "Export as CSV" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), Cancel);
        Assert.StartsWith("view,supporter,kind,reason,ticket", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.Contains($"{supporter},consent,{Reason},4127", line, StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("\"Keys of a vaultbox, closed to support\"", StringComparison.Ordinal));
    }
}
