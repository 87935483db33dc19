using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Journeys;

/// <summary>Somebody who never heard of S/MIME, on a portal that has nothing yet, without a mouse.</summary>
public sealed class NewcomerTests(Chromium chromium)
{
    /// <summary>From the set-up link to the first mail that is read: buttons and links worked, forms sent.</summary>
    private const int MostActs = 12;

    [Fact]
    public async Task Newcomer_FromTheSetUpLinkToTheFirstMail_NeedsAKeyboardAndFewSteps()
    {
        await using var portal = await PortalProcess.StartAsync();
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
        var keyboard = visitor.Keyboard;
        var watch = Stopwatch.StartNew();

        await FirstRunAsync(visitor, keyboard, portal.SetUpLink![portal.Url.Length..]);
        await visitor.InteractiveAsync();
        await keyboard.TypeAsync(visitor.Page.GetByLabel("Address", new() { Exact = true }), "mara");
        await visitor.Page.GetByText("is free").WaitForAsync();
        await keyboard.EnterAsync();
        var (passphrase, kit) = await LockKeysAsync(visitor.Page, keyboard);
        await visitor.InteractiveAsync();
        await keyboard.ActAsync(Link(visitor.Page, "Continue to test mail"));
        await keyboard.ActAsync(Link(visitor.Page, "Read it"));
        await visitor.Page.Locator(".vb-reader-text").GetByText("your key works").WaitForAsync();

        TestContext.Current.SendDiagnosticMessage(string.Create(
            CultureInfo.InvariantCulture, $"First mail read after {watch.Elapsed.TotalSeconds:0} s and {keyboard.Acts} acts, Tab by Tab, on a machine that tests beside."));
        Assert.InRange(keyboard.Acts, 1, MostActs);
        visitor.Watch([passphrase, .. KitForms.Of(kit)]);
    }

    private static async Task FirstRunAsync(Visitor visitor, Keyboard keyboard, string link)
    {
        var page = visitor.Page;
        await visitor.GoAsync(link);
        await keyboard.TypeAsync(page.GetByLabel("E-mail", new() { Exact = true }), "mara@elsewhere.test");
        await keyboard.TypeAsync(page.GetByLabel("Password", new() { Exact = true }), Guid.NewGuid().ToString("n"));
        await keyboard.EnterAsync();
        await page.WaitForURLAsync(new Regex("/set-up/domain"));
        await keyboard.TypeAsync(page.GetByLabel("Domain", new() { Exact = true }), "vault.test");
        await keyboard.TypeAsync(page.GetByLabel("Why you may use it"), "We run its DNS");
        await keyboard.EnterAsync();
        await keyboard.ActAsync(Link(page, "Continue to your first vaultbox"));
        await page.WaitForURLAsync(new Regex("/vaultboxes/new"));
    }

    private static async Task<(string Passphrase, IReadOnlyList<string> Kit)> LockKeysAsync(IPage page, Keyboard keyboard)
    {
        await page.GetByText("Your keys are made. Now lock them.").WaitForAsync();
        await keyboard.ActAsync(Button(page, "Suggest one"));
        var passphrase = (await page.Locator("output.vb-once-secret").InnerTextAsync()).Trim();
        await keyboard.TypeAsync(page.GetByLabel("Again", new() { Exact = true }), passphrase);
        await page.Locator(".vb-kit-words li").Last.WaitForAsync();
        var kit = await page.Locator(".vb-kit-words b").AllInnerTextsAsync();
        await keyboard.ActAsync(Button(page, "Hide words and check"));
        await page.Locator(".vb-kit-questions input").Last.WaitForAsync();
        foreach (var field in await page.Locator(".vb-kit-questions input").AllAsync())
        {
            var position = int.Parse((await field.GetAttributeAsync("data-position"))!, CultureInfo.InvariantCulture);
            // The first letters are enough.
            await keyboard.TypeAsync(field, kit[position - 1][..Math.Min(4, kit[position - 1].Length)]);
        }

        await keyboard.EnterAsync();
        await page.GetByText("Keep it where you keep your passport").WaitForAsync();
        await keyboard.ActAsync(Button(page, "Continue to device"));
        await page.WaitForURLAsync(new Regex("/device$"));
        return (passphrase, kit);
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Link(IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });
}
