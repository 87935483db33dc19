using Microsoft.Playwright;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Accounts;

/// <summary>Passkeys in a real browser, whose authenticator is Chromium's virtual one.</summary>
public sealed class PasskeyTests(SharedPortal portal, Chromium chromium)
{
    [Fact]
    public async Task Passkey_Enrolled_SignsInAloneUntilItIsRemoved()
    {
        var account = await TestAccount.AddAsync(portal.Process, "passkey@people.test");
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
        var page = visitor.Page;
        var authenticator = await VirtualAuthenticator.AttachAsync(page);
        await visitor.SignInAsync(account);

        await EnrolAsync(visitor, "Key ring");

        var kept = Assert.Single(await authenticator.CredentialsAsync());
        Assert.True(kept.GetProperty("isResidentCredential").GetBoolean());
        Assert.Equal("localhost", kept.GetProperty("rpId").GetString());

        // Where the field offers passkeys, the virtual authenticator takes the offer at once, as a person would from the list.
        await SignOutAsync(visitor);
        await page.WaitForURLAsync(Visitor.Inside);

        await page.AddInitScriptAsync("PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false)");
        await SignOutAsync(visitor);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.WaitForURLAsync(Visitor.Inside);

        await visitor.GoAsync("/account/security");
        await page.GetByRole(AriaRole.Link, new() { Name = "Change Key ring" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Work laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save name" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Change Work laptop" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Change Work laptop" })).ToHaveCountAsync(0);

        await SignOutAsync(visitor);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.GetByText("That passkey was not accepted. Try again.").WaitForAsync();
    }

    [Fact]
    public async Task SignIn_WithoutAPasskeyOnTheDevice_SaysSoAndLeavesThePassword()
    {
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
        await VirtualAuthenticator.AttachAsync(visitor.Page);
        await visitor.GoAsync("/account/sign-in");

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();

        await visitor.Page.GetByText("No passkey was used").WaitForAsync();
        await visitor.CheckAsync("sign-in-no-passkey");
    }

    [Fact]
    public async Task Pages_WithoutScript_OfferNoPasskeyAndStillWork()
    {
        var context = await chromium.Browser.NewContextAsync(new() { JavaScriptEnabled = false });
        await using var closing = context;
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{portal.Url}/account/sign-in");

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Sign in with a passkey")).ToBeHiddenAsync();
    }

    internal static async Task EnrolAsync(Visitor visitor, string name)
    {
        var page = visitor.Page;
        await visitor.GoAsync("/account/security");
        await page.GetByLabel("Name of the new passkey").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await page.GetByText("Keep these codes now").WaitForAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "Recovery codes" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(10);
        await visitor.CheckAsync("account-passkey-codes");
        await page.GetByRole(AriaRole.Link, new() { Name = "I have kept them" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = $"Change {name}" }).WaitForAsync();
        await visitor.CheckAsync("account-passkeys");
    }

    private static async Task SignOutAsync(Visitor visitor)
    {
        await visitor.GoAsync("/account");
        await visitor.Page.RunAndWaitForResponseAsync(
            () => visitor.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync(),
            response => response.Url.EndsWith("/account/sign-in", StringComparison.Ordinal) && response.Status == 200);
    }
}
