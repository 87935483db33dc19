using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Playwright;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Accounts;

/// <summary>An API token from its form to its end, as its owner and the program that uses it meet it.</summary>
public sealed class TokenTests(SharedPortal portal, Chromium chromium)
{
    private const string Name = "Backup script";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Token_MadeOnThePage_DoesWhatItsScopeAllowsUntilItIsRevoked()
    {
        var account = await TestAccount.AddAsync(portal.Process, "tokens@people.test");
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
        var page = visitor.Page;
        await visitor.SignInAsync(account);
        var token = await MakeAsync(visitor);
        // An answer that takes longer than revocation may take counts as none.
        using var program = new HttpClient
        {
            BaseAddress = new Uri(portal.Url), Timeout = TimeSpan.FromSeconds(5),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };

        await page.GetByRole(AriaRole.Link, new() { Name = "I have saved it", Exact = true }).ClickAsync();
        var row = page.Locator("tbody tr").Filter(new() { HasText = Name });
        await Assertions.Expect(row.Locator("td[data-label='Last used']")).ToHaveTextAsync("never");
        Assert.DoesNotContain(token, await page.ContentAsync(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, await AskAsync(program));
        using (var listed = await program.GetAsync("/api/v1/vaultboxes", Cancel))
            Assert.Equal(HttpStatusCode.OK, listed.StatusCode);
        using (var made = await program.PostAsJsonAsync("/api/v1/vaultboxes", new { domain = "vault.test", alias = "tokens" }, Cancel))
            Assert.Equal(HttpStatusCode.Forbidden, made.StatusCode);

        await visitor.GoAsync("/account/tokens");
        await Assertions.Expect(row).ToContainTextAsync($"{token[..10]}…");
        await Assertions.Expect(row).ToContainTextAsync("vaultboxes:read");
        await Assertions.Expect(row.Locator("td[data-label='Last used'] vb-time")).ToHaveCountAsync(1);
        await visitor.CheckAsync("account-tokens");

        await row.GetByRole(AriaRole.Link, new() { Name = $"Revoke {Name}", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = $"Revoke “{Name}”?", Exact = true }).WaitForAsync();
        await visitor.CheckAsync("account-tokens-revoke");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(program));
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke token", Exact = true }).ClickAsync();
        await page.GetByText("That token does not work any more.", new() { Exact = true }).WaitForAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(program));
        await Assertions.Expect(row).ToHaveCountAsync(0);
    }

    /// <summary>For one scope and a week; read from the page that shows it once.</summary>
    private static async Task<string> MakeAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await visitor.GoAsync("/account/tokens");
        await page.GetByRole(AriaRole.Link, new() { Name = "Make a token", Exact = true }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(Name);
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "List your vaultboxes and their public certificates. vaultboxes:read", Exact = true }).CheckAsync();
        await page.GetByLabel("Works for", new() { Exact = true }).SelectOptionAsync("7");
        await visitor.CheckAsync("account-tokens-new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make token", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Copy the token now. It is not shown again.", Exact = true }).WaitForAsync();
        await visitor.CheckAsync("account-tokens-once");
        return (await page.Locator("#issued-token").InnerTextAsync()).Trim();
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient program)
    {
        using var response = await program.GetAsync("/api/v1/me", Cancel);
        return response.StatusCode;
    }
}
