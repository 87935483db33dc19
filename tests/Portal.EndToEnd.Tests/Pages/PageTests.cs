using System.Text.RegularExpressions;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Pages;

/// <summary>Every page, wide and narrow, light and dark: no accessibility violation, no sideways scrolling.</summary>
public sealed class PageTests(SharedPortal portal, Chromium chromium)
{
    [Fact]
    public async Task EveryPage_InEachLook_IsAccessibleAndFits()
    {
        var account = await TestAccount.AddAsync(portal.Process, "pages@people.test", "admin");
        await using var visitor = await Visitor.ArriveToLookAsync(chromium, portal.Url);
        await LookAsStrangerAsync(visitor);
        await visitor.SignInAsync(account);
        await visitor.LookAsync("home-empty", "/");
        await visitor.LookAsync("notifications-empty", "/notifications");
        await visitor.LookAsync("vaultboxes-empty", "/vaultboxes");
        await visitor.LookAsync("vaultbox-new", "/vaultboxes/new");
        var id = await visitor.ChooseAddressAsync("pages");
        await visitor.Page.Locator(".vb-kit-words li").Last.WaitForAsync();
        await visitor.CheckAsync("vaultbox-keys-setup");
        await visitor.MakeKeysAsync();
        const string address = "pages@vault.test";
        await Senders.SendAsync("smtplib", portal.Process.IntakePort, address, new AwkwardMail(address, AwkwardMail.NewMarker()).Bytes);
        await visitor.LookAsync("vaultbox-device", $"/vaultboxes/{id}/device?with=program");
        await visitor.LookAsync("home", "/");
        await visitor.LookAsync("vaultbox-ready", $"/vaultboxes/{id}/ready");
        await visitor.LookAsync("vaultboxes", "/vaultboxes");
        await visitor.LookAsync("vaultbox-keys", $"/vaultboxes/{id}/keys");
        await visitor.LookAsync("vaultbox-keys-add", $"/vaultboxes/{id}/keys/add");
        await visitor.LookAsync("vaultbox-aliases-empty", $"/vaultboxes/{id}/aliases");
        await visitor.LookAsync("vaultbox-devices-empty", $"/vaultboxes/{id}/devices");
        await visitor.LookAsync("sending-no-domain", "/sending");
        await visitor.LookAsync("vaultbox-activity", $"/vaultboxes/{id}/activity");
        await visitor.LookAsync("vaultbox-settings", $"/vaultboxes/{id}/settings");
        await LookAtAccountAsync(visitor);
        await LookAsAdminAsync(visitor, account);
        await visitor.LookAsync("not-found", "/nowhere");
        await visitor.LookAsync("mail-list", $"/mail/{id}");
        await visitor.OpenAsync(id, AwkwardMail.Subject);
        await visitor.Page.FrameLocator("vb-message-frame iframe").GetByText("Hello Mara").First.WaitForAsync();
        await visitor.CheckAsync("mail-open");
    }

    [Fact]
    public async Task SetUp_FirstVisit_IsAccessibleAndMakesTheFirstAdmin()
    {
        await using var fresh = await PortalProcess.StartAsync();
        await using var visitor = await Visitor.ArriveToLookAsync(chromium, fresh.Url);
        await visitor.GoAsync(fresh.SetUpLink![fresh.Url.Length..]);
        await visitor.CheckAsync("set-up");
        await visitor.Page.GetByLabel("E-mail").FillAsync("admin@vault.test");
        await visitor.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Guid.NewGuid().ToString("n"));
        await visitor.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Create account and continue" }).ClickAsync();
        await visitor.Page.WaitForURLAsync(new Regex("/set-up/domain"));
        await visitor.Page.GetByLabel("Domain", new() { Exact = true }).FillAsync("vault.test");
        await visitor.Page.GetByLabel("Why you may use it").FillAsync("We run its DNS");
        await visitor.CheckAsync("set-up-domain");
        await visitor.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Add domain" }).ClickAsync();
        await visitor.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Continue to your first vaultbox" }).WaitForAsync();
        var id = await visitor.NewVaultboxAsync("first");
        await visitor.GoAsync($"/vaultboxes/{id}/ready");
        await visitor.Page.GetByText("It works.").WaitForAsync();
        await visitor.CheckAsync("vaultbox-ready-opened");
        Assert.NotEqual(Guid.Empty, id);

        // A link works once.
        await visitor.GoAsync(fresh.SetUpLink![fresh.Url.Length..]);
        await visitor.Page.GetByText("This set-up link has ended").WaitForAsync();
    }

    private static async Task LookAsStrangerAsync(Visitor visitor)
    {
        await visitor.LookAsync("sign-in", "/account/sign-in");
        await visitor.LookAsync("second-factor-ended", "/account/second-factor");
        await visitor.LookAsync("sign-up", "/account/sign-up");
        await visitor.LookAsync("forgot", "/account/forgot");
        await visitor.LookAsync("reset-ended", "/account/reset/no-such-link");
        await visitor.LookAsync("invite-ended", "/account/invite/no-such-link");
        await visitor.LookAsync("verify-ended", "/account/verify/no-such-link");
        await visitor.LookAsync("support-consent-ended", "/support/consent/no-such-link");
        await visitor.LookAsync("change-email-ended", "/account/change-email/no-such-link");
    }

    private static async Task LookAtAccountAsync(Visitor visitor)
    {
        await visitor.LookAsync("account", "/account");
        await visitor.LookAsync("account-security", "/account/security");
        await visitor.LookAsync("account-sessions", "/account/sessions");
        await visitor.LookAsync("account-tokens", "/account/tokens");
        await visitor.LookAsync("account-token-new", "/account/tokens?new=true");
        await visitor.LookAsync("account-viewers-empty", "/account/viewers");
        await visitor.LookAsync("account-data", "/account/data");
        await visitor.LookAsync("account-delete", "/account/data?delete=true");
        await visitor.LookAsync("confirm", "/account/confirm");
        await visitor.LookAsync("confirmed", "/account/confirmed");
    }

    private static async Task LookAsAdminAsync(Visitor visitor, TestAccount account)
    {
        var id = (await account.GetAsync("/api/v1/me")).GetProperty("id").GetGuid();
        await visitor.LookAsync("support", "/support");
        await visitor.LookAsync("admin-overview", "/admin");
        await visitor.LookAsync("admin-vaultboxes", "/admin/vaultboxes");
        await visitor.LookAsync("admin-domains", "/admin/domains");
        await visitor.Page.Locator("tbody a[href^='/admin/domains/']").First.ClickAsync();
        await visitor.Page.Locator("#about-title").WaitForAsync();
        await visitor.CheckAsync("admin-domain");
        await visitor.LookAsync("admin-health", "/admin/health");
        await visitor.LookAsync("admin-settings", "/admin/settings");
        await visitor.LookAsync("admin-users", "/admin/users");
        await visitor.LookAsync("admin-user", $"/admin/users/{id}");
        await visitor.LookAsync("admin-invites", "/admin/invites");
        await visitor.LookAsync("admin-system-mail", "/admin/system-mail");
        await visitor.LookAsync("admin-audit", "/admin/audit");
        await visitor.LookAsync("processing-log", "/admin/processing-log?range=1h");
        await visitor.LookAsync("processing-log-empty", "/admin/processing-log?range=1h&code=599&domain=nowhere.test");
    }
}
