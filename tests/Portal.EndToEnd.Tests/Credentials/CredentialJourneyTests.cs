using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Npgsql;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Credentials;

/// <summary>A credential from its making to the undoing of its rotation, with another's mail program signed in by it. Without a mouse.</summary>
public sealed class CredentialJourneyTests(SharedPortal portal, Chromium chromium)
{
    [Fact]
    public async Task Credential_RotatedWhileInUse_BothPasswordsWorkUntilItIsUndone()
    {
        var account = await TestAccount.AddAsync(portal.Process, "journey.credentials@people.test");
        var vaultbox = await account.PostAsync("/api/v1/vaultboxes", new { domain = "vault.test", alias = "journey.credentials" });
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
        var page = visitor.Page;
        await visitor.SignInAsync(account);
        await visitor.GoAsync($"/vaultboxes/{vaultbox.GetProperty("id").GetString()}/devices");
        await visitor.InteractiveAsync();

        await visitor.Keyboard.ActAsync(Button(page, "New credential"));
        await visitor.Keyboard.TypeAsync(page.GetByLabel("Name", new() { Exact = true }), "Home devices");
        await visitor.Keyboard.EnterAsync();
        var first = await SavePasswordAsync(visitor);
        var username = (await page.Locator(".credential .vb-mono").InnerTextAsync()).Trim();
        Assert.True(await portal.Process.SignsInAsync("laptop.home.test", username, first));
        Assert.True(await portal.Process.SignsInAsync("scanner.home.test", username, first));

        await visitor.Keyboard.ActAsync(Button(page, "Rotate Home devices"));
        var clients = page.Locator("dialog .clients li");
        await clients.Nth(1).WaitForAsync();
        await visitor.Keyboard.ActAsync(Button(page, "Make new password"));
        await Assertions.Expect(Button(page, "Copy password")).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByText("0 of 2 changed", new() { Exact = true }).First).ToBeVisibleAsync();
        var second = await PasswordAsync(page);
        Assert.NotEqual(first, second);
        Assert.True(await portal.Process.SignsInAsync("laptop.home.test", username, second));
        Assert.True(await portal.Process.SignsInAsync("scanner.home.test", username, first));

        // Seen without a reload: the dialog looks by itself.
        await clients.Filter(new() { HasText = "laptop.home.test" }).GetByText("New password").WaitForAsync();
        await Assertions.Expect(clients.Filter(new() { HasText = "scanner.home.test" })).ToContainTextAsync("Still the old one");
        await visitor.CheckAsync("rotate-journey");
        Assert.Equal(second, await SavePasswordAsync(visitor));
        await Assertions.Expect(page.Locator("tbody tr")).ToContainTextAsync("Rotating, 1 of 2 changed");
        Assert.DoesNotContain(second, await page.ContentAsync(), StringComparison.Ordinal);

        await visitor.Keyboard.ActAsync(page.GetByLabel("More for Home devices"));
        await visitor.Keyboard.ActAsync(Button(page, "Undo rotation"));
        await page.GetByText("1 device with the new one is signed out now.").WaitForAsync();
        await visitor.Keyboard.ActAsync(page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "Undo rotation" }));
        await page.GetByText("Its old password is the only one again.").First.WaitForAsync();
        Assert.True(await portal.Process.SignsInAsync("laptop.home.test", username, first));
        Assert.False(await portal.Process.SignsInAsync("laptop.home.test", username, second));
    }

    [Fact]
    public async Task Sender_MadeAndRevoked_ByKeyboardAlone()
    {
        var account = await TestAccount.AddAsync(portal.Process, "journey.sender@people.test");
        await portal.Process.VerbAsync(["domain", "add", "sender-journey.test", "--owner", account.Email, "--verified"]);
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
        var page = visitor.Page;
        await visitor.SignInAsync(account);
        await visitor.GoAsync("/sending");
        await visitor.InteractiveAsync();

        await Button(page, "New sender").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByLabel("Name", new() { Exact = true })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Printer");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Button(page, "Copy password")).ToBeFocusedAsync();

        // Not saved yet: Escape asks once.
        await page.Keyboard.PressAsync("Escape");
        await page.GetByText("The password is not shown again.").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("dialog")).ToHaveCountAsync(0);

        await page.GetByLabel("More for Printer").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Button(page, "Revoke").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Button(page, "Keep it")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByLabel("More for Printer")).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Enter");
        await Button(page, "Revoke").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Button(page, "Revoke sender").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Make a sender for a printer, a shop or a script.").WaitForAsync();
    }

    [Fact]
    public async Task Credential_WithAnOldProof_IsMadeOnceThePasswordWasGivenInAnotherTab()
    {
        var account = await TestAccount.AddAsync(portal.Process, "journey.stepup@people.test");
        var vaultbox = await account.PostAsync("/api/v1/vaultboxes", new { domain = "vault.test", alias = "journey.stepup" });
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
        var page = visitor.Page;
        await visitor.SignInAsync(account);
        await MakeStaleAsync(account);
        await visitor.GoAsync($"/vaultboxes/{vaultbox.GetProperty("id").GetString()}/devices");
        await visitor.InteractiveAsync();
        await Button(page, "New credential").ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Laptop");

        await Button(page, "Make credential").ClickAsync();
        await page.GetByText("Confirm that it is you.").WaitForAsync();
        await visitor.CheckAsync("credential-step-up");
        Assert.Equal("Laptop", await page.GetByLabel("Name", new() { Exact = true }).InputValueAsync());
        var tab = await page.Context.RunAndWaitForPageAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Confirm in a new tab" }).ClickAsync());
        await tab.GetByLabel("Password", new() { Exact = true }).FillAsync(account.Password);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Confirm", Exact = true }).ClickAsync();
        await tab.GetByText("You can close this tab.").WaitForAsync();
        await tab.CloseAsync();

        await page.GetByText("Password for “Laptop”").WaitForAsync();
        await SavePasswordAsync(visitor);
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>As eleven minutes would: the proof is too old, and every instance hears that the session changed.</summary>
    private async Task MakeStaleAsync(TestAccount account)
    {
        await using var connection = new NpgsqlConnection(portal.Process.SuperuserConnectionString("motorical_db"));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(
            """
            WITH stale AS (
                UPDATE sessions SET proved_at = proved_at - interval '11 minutes'
                WHERE user_id = (SELECT id FROM users WHERE email = $1) RETURNING id)
            SELECT pg_notify('platform_accounts', 'session:' || id) FROM stale
            """,
            connection);
        command.Parameters.Add(new() { Value = account.Email });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string> PasswordAsync(IPage page) =>
        Regex.Replace(await page.Locator("#new-password").InnerTextAsync(), @"\s", string.Empty);

    /// <summary>Reads the password, says that it is saved, and closes.</summary>
    private static async Task<string> SavePasswordAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await page.GetByLabel(new Regex("^I have saved the (new )?password$")).WaitForAsync();
        var password = await PasswordAsync(page);
        await visitor.Keyboard.TickAsync(page.GetByLabel(new Regex("^I have saved the (new )?password$")));
        await visitor.Keyboard.ActAsync(Button(page, "Done"));
        await Assertions.Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        return password;
    }
}
