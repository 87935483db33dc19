using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Journeys;

/// <summary>An address that is made for two messages: handed out, used up, and given more room, without a mouse.</summary>
public sealed class AliasJourneyTests(SharedPortal portal, Chromium chromium)
{
    [Fact]
    public async Task MaskedAlias_WithTwoMessages_RefusesTheThirdUntilItMayTakeMore()
    {
        var account = await TestAccount.AddAsync(portal.Process, "journey.alias@people.test");
        var id = await account.NewVaultboxAsync("journey.alias", new TestKey("journey.alias@vault.test"));
        await using var visitor = await Visitor.ArriveToLookAsync(chromium, portal.Url);
        var page = visitor.Page;
        visitor.Watch("This is a test mailing");
        await visitor.SignInAsync(account);
        await visitor.GoAsync($"/vaultboxes/{id}/aliases");
        await visitor.InteractiveAsync();

        await visitor.Keyboard.ActAsync(Button(page, "New masked alias"));
        var label = page.GetByLabel("What is it for?", new() { Exact = true });
        await Assertions.Expect(label).ToBeFocusedAsync();
        var address = (await page.Locator("#fresh-address").InnerTextAsync()).Trim();
        await page.GetByText(new Regex($"^Made {Regex.Escape(address)}\\.( Copied\\.)?$")).WaitForAsync();
        await visitor.CheckAsync("aliases-fresh");
        await page.Keyboard.TypeAsync("Shop");
        await page.Keyboard.PressAsync("Enter");
        var row = page.Locator("tbody tr").Filter(new() { HasText = address });
        await Assertions.Expect(row).ToContainTextAsync("Shop");

        await AllowAsync(visitor, address, "2");
        await Assertions.Expect(row).ToContainTextAsync("0 of 2 messages");
        Assert.Contains("250 2.0.0 Sealed and stored", await SendAsync(address), StringComparison.Ordinal);
        Assert.Contains("250 2.0.0 Sealed and stored", await SendAsync(address), StringComparison.Ordinal);
        Assert.Contains("550 5.1.6 This address has taken all the messages that it was made for", await SendAsync(address), StringComparison.Ordinal);

        await visitor.GoAsync($"/vaultboxes/{id}/aliases?state=used_up");
        await visitor.InteractiveAsync();
        await Assertions.Expect(row).ToContainTextAsync("Used up");
        await Assertions.Expect(row).ToContainTextAsync("2 of 2 messages");
        await visitor.CheckAsync("aliases-used-up");
        await AllowAsync(visitor, address, "3");
        await page.GetByText("No address matches.").WaitForAsync();
        Assert.Contains("250 2.0.0 Sealed and stored", await SendAsync(address), StringComparison.Ordinal);
    }

    /// <summary>Opens the address's menu and its dialog, and says how many messages it may take.</summary>
    private static async Task AllowAsync(Visitor visitor, string address, string messages)
    {
        var page = visitor.Page;
        await visitor.Keyboard.ActAsync(page.GetByLabel($"More for {address}", new() { Exact = true }));
        await visitor.Keyboard.ActAsync(page.Locator("details[open]").GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true }));
        await visitor.Keyboard.TypeAsync(page.GetByLabel("After so many messages", new() { Exact = true }), messages);
        await visitor.Keyboard.EnterAsync();
        await Assertions.Expect(page.Locator("dialog")).ToHaveCountAsync(0);
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <returns>What the two servers said, refusal or not.</returns>
    private async Task<string> SendAsync(string to)
    {
        var (_, output, error) = await Tool.TryAsync(
            "swaks",
            ["--server", "127.0.0.1", "--port", $"{portal.Process.IntakePort}", "--from", "tomas@sender.example", "--to", to, "--header", $"Message-ID: <{Guid.NewGuid()}@sender.example>"]);
        return Encoding.UTF8.GetString(output) + error;
    }
}
