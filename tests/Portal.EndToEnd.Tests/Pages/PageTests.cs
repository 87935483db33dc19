using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Pages;

/// <summary>Every page, wide and narrow, light and dark: no accessibility violation, no sideways scrolling. Leaves pictures in artifacts/screenshots.</summary>
public sealed class PageTests(SharedPortal portal, Chromium chromium)
{
    [Theory]
    [InlineData(1440, "light")]
    [InlineData(1440, "dark")]
    [InlineData(390, "light")]
    [InlineData(390, "dark")]
    public async Task EveryPage_AtThisWidthAndTheme_IsAccessibleAndFits(int width, string scheme)
    {
        var account = await TestAccount.AddAsync(portal.Process, $"pages{width}{scheme}@people.test", "admin");
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url, width, scheme);
        await LookAsync(visitor, "sign-in", "/account/sign-in", width, scheme);
        await visitor.SignInAsync(account);
        await LookAsync(visitor, "vaultboxes-empty", "/vaultboxes", width, scheme);
        await LookAsync(visitor, "vaultbox-new", "/vaultboxes/new", width, scheme);
        var id = await visitor.NewVaultboxAsync($"pages{width}{scheme}");
        var address = $"pages{width}{scheme}@vault.test";
        await Senders.SendAsync("smtplib", portal.Process.IntakePort, address, new AwkwardMail(address, AwkwardMail.NewMarker()).Bytes);
        await LookAsync(visitor, "vaultbox-ready", $"/vaultboxes/{id}/ready", width, scheme);
        await LookAsync(visitor, "vaultboxes", "/vaultboxes", width, scheme);
        await LookAsync(visitor, "vaultbox-keys", $"/vaultboxes/{id}/keys", width, scheme);
        await LookAsync(visitor, "vaultbox-activity", $"/vaultboxes/{id}/activity", width, scheme);
        await LookAsync(visitor, "account", "/account", width, scheme);
        await LookAsync(visitor, "processing-log", "/admin/processing-log", width, scheme);
        await LookAsync(visitor, "not-found", "/nowhere", width, scheme);
        await LookAsync(visitor, "mail-list", $"/mail/{id}", width, scheme);
        await visitor.OpenAsync(id, AwkwardMail.Subject);
        await visitor.Page.FrameLocator("vb-message-frame iframe").GetByText("Hello Mara").First.WaitForAsync();
        await CheckAsync(visitor, "mail-open", width, scheme);
    }

    [Theory]
    [InlineData(1440, "light")]
    [InlineData(390, "dark")]
    public async Task SetUp_FirstVisit_IsAccessibleAndMakesTheFirstAdmin(int width, string scheme)
    {
        await using var fresh = await PortalProcess.StartAsync();
        await using var visitor = await Visitor.ArriveAsync(chromium, fresh.Url, width, scheme);
        await visitor.GoAsync(fresh.SetUpLink![fresh.Url.Length..]);
        await CheckAsync(visitor, "set-up", width, scheme);
        await visitor.Page.GetByLabel("E-mail").FillAsync("admin@vault.test");
        await visitor.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Guid.NewGuid().ToString("n"));
        await visitor.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Create account and continue" }).ClickAsync();
        await visitor.Page.WaitForURLAsync(new Regex("/set-up/domain"));
        await visitor.Page.GetByLabel("Domain", new() { Exact = true }).FillAsync("vault.test");
        await visitor.Page.GetByLabel("Why you may use it").FillAsync("We run its DNS");
        await CheckAsync(visitor, "set-up-domain", width, scheme);
        await visitor.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Add domain" }).ClickAsync();
        await visitor.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Continue to your first vaultbox" }).WaitForAsync();
        var id = await visitor.NewVaultboxAsync("first");
        await visitor.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Send a test mail to myself" }).ClickAsync();
        await visitor.Page.GetByText("It works.").WaitForAsync();
        await CheckAsync(visitor, "vaultbox-ready-opened", width, scheme);
        Assert.NotEqual(Guid.Empty, id);

        // A link works once.
        await visitor.GoAsync(fresh.SetUpLink![fresh.Url.Length..]);
        await visitor.Page.GetByText("This set-up link has ended").WaitForAsync();
    }

    private static async Task LookAsync(Visitor visitor, string name, string path, int width, string scheme)
    {
        await visitor.GoAsync(path);
        await visitor.Page.Locator("h1, vb-mail-list [role=row], .vb-unlock-card").First.WaitForAsync();
        await visitor.Page.Locator("[data-interactive=false], [data-interactive=true]").First.WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
        // What is judged is the page, not the grey shapes that stand for it while it loads.
        await Microsoft.Playwright.Assertions.Expect(visitor.Page.Locator("main .vb-skeleton")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await CheckAsync(visitor, name, width, scheme);
    }

    private static async Task CheckAsync(Visitor visitor, string name, int width, string scheme)
    {
        var directory = Directory.CreateDirectory(Path.Combine(PortalProcess.FindApp(), "..", "screenshots"));
        await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(directory.FullName, $"{name}-{width}-{scheme}.png"), Animations = Microsoft.Playwright.ScreenshotAnimations.Disabled });
        var sideways = await visitor.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");
        Assert.False(sideways, $"{name} scrolls sideways at {width}");
        var axe = await visitor.Page.RunAxe();
        Assert.Empty(axe.Violations.Select(v => $"{name} {width} {scheme}: {v.Id}: {v.Nodes.FirstOrDefault()?.Html}"));
    }
}
