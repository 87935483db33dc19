using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Accounts;

/// <summary>The account's pages without a mouse: every control is reached by Tab, worked by Enter, and seen when it has focus.</summary>
public sealed class KeyboardTests(SharedPortal portal, Chromium chromium)
{
    [Fact]
    public async Task Account_FromSignInToSignOut_WorksByKeyboardAlone()
    {
        var account = await TestAccount.AddAsync(portal.Process, "keyboard@people.test");
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
        var page = visitor.Page;
        var keyboard = new Keyboard(page);
        await visitor.GoAsync("/account/sign-in");
        await keyboard.TypeAsync(page.GetByLabel("E-mail", new() { Exact = true }), account.Email);
        await keyboard.TypeAsync(page.GetByLabel("Password", new() { Exact = true }), account.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(Visitor.Inside);

        await visitor.GoAsync("/account");
        await keyboard.TabToAsync(Tab(page, "Security"));
        await AssertSeenAsync(Tab(page, "Security"));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(new Regex("/account/security$"));

        await keyboard.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = "Set up authenticator app", Exact = true }));
        await page.Keyboard.PressAsync("Enter");
        var code = page.GetByLabel("The code that it shows now", new() { Exact = true });
        await code.WaitForAsync();
        await keyboard.TabToAsync(code);
        await AssertSeenAsync(code);

        // Backwards, as one goes who has changed one's mind: past the last control Tab may leave the page for the browser's own bars.
        await keyboard.TabToAsync(Tab(page, "Sessions"), "Shift+Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(new Regex("/account/sessions$"));
        await page.GetByText("This is the only place where you are signed in.", new() { Exact = true }).WaitForAsync();

        await keyboard.TabToAsync(page.Locator("[data-vb-menu] > summary"));
        await page.Keyboard.PressAsync("Enter");
        await keyboard.TabToAsync(page.Locator("[data-vb-menu]").GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(new Regex("/account/sign-in"));
        Assert.Equal(401, (await page.APIRequest.GetAsync($"{portal.Url}/api/v1/me")).Status);
    }

    /// <summary>One of the tabs that all pages about the account share.</summary>
    private static ILocator Tab(IPage page, string name) =>
        page.GetByRole(AriaRole.Navigation, new() { Name = "Account", Exact = true }).GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    private static async Task AssertSeenAsync(ILocator focused) =>
        Assert.NotEqual("none", await focused.EvaluateAsync<string>("e => getComputedStyle(e).outlineStyle"));
}
