using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Accounts;

/// <summary>What an admin does to an account reaches whoever is in it. A circuit's slow round comes after 30 s, so what is seen here was pushed.</summary>
public sealed class AdministrationTests(SharedPortal portal, Chromium chromium)
{
    private const float Soon = 5_000;
    private const string Reason = "Her laptop was stolen";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Suspend_WhileTheUserIsHere_ClosesTabTokenAndSignInUntilRestored()
    {
        var root = await TestAccount.AddAsync(portal.Process, "warden@people.test", "admin");
        var account = await TestAccount.AddAsync(portal.Process, "suspended@people.test");
        await using var user = await Visitor.ArriveAsync(chromium, portal.Url);
        await OpenVaultboxesAsync(user, account);
        await using var admin = await Visitor.ArriveAsync(chromium, portal.Url);
        await admin.SignInAsync(root);
        await FindAsync(admin, account.Email);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(account));

        await admin.Page.GetByLabel("Why", new() { Exact = true }).FillAsync(Reason);
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Suspend account", Exact = true }).ClickAsync();

        await user.Page.WaitForURLAsync(new Regex("/account/sign-in\\?returnUrl=%2Fvaultboxes"), new() { Timeout = Soon });
        await admin.Page.GetByText("The account is suspended. Its sessions have ended.", new() { Exact = true }).WaitForAsync();
        await admin.Page.GetByText(Reason, new() { Exact = true }).WaitForAsync();
        await admin.CheckAsync("admin-user-suspended");
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(account));
        await AssertRefusedAsync(user, account.Email, account.Password);
        // The same words as for a wrong password: who has not proved to be the owner does not learn that the account is closed.
        await AssertRefusedAsync(user, account.Email, "not the password of anybody");

        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Restore account", Exact = true }).ClickAsync();
        await admin.Page.GetByText("The account is active again.", new() { Exact = true }).WaitForAsync();
        await user.SignInAsync(account);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(account));
    }

    /// <summary>A page that stays open and hears of its session's end.</summary>
    private static async Task OpenVaultboxesAsync(Visitor visitor, TestAccount account)
    {
        await visitor.SignInAsync(account);
        var listening = visitor.Page.WaitForResponseAsync(response => response.Url.EndsWith("/sessions/current/events", StringComparison.Ordinal));
        await visitor.GoAsync("/vaultboxes");
        await visitor.InteractiveAsync();
        await listening;
    }

    private static async Task FindAsync(Visitor admin, string email)
    {
        await admin.GoAsync("/admin/users");
        await admin.CheckAsync("admin-users");
        await admin.Page.GetByLabel("Beginning of an e-mail address", new() { Exact = true }).FillAsync(email);
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        await admin.Page.WaitForURLAsync(new Regex("/admin/users\\?q="));
        await Assertions.Expect(admin.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = email, Exact = true }).ClickAsync();
        await admin.Page.WaitForURLAsync(new Regex("/admin/users/[0-9a-f-]{36}$"));
        await admin.CheckAsync("admin-user");
    }

    private static async Task AssertRefusedAsync(Visitor visitor, string email, string password)
    {
        await visitor.GoAsync("/account/sign-in");
        await visitor.Page.GetByLabel("E-mail", new() { Exact = true }).FillAsync(email);
        await visitor.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("#sign-in-failure"))
            .ToHaveTextAsync("That didn’t match. Check the address and the password, then try again.", new() { Timeout = 60_000 });
    }

    private static async Task<HttpStatusCode> AskAsync(TestAccount account)
    {
        using var response = await account.Api.GetAsync("/api/v1/me", Cancel);
        return response.StatusCode;
    }
}
