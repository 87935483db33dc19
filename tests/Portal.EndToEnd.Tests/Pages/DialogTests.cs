using Microsoft.Playwright;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Pages;

/// <summary>What opens over a page: dialogs, row menus and the palette, in each look.</summary>
public sealed class DialogTests(SharedPortal portal, Chromium chromium)
{
    [Fact]
    public async Task AliasDialogs_InEachLook_AreAccessibleAndFit()
    {
        var account = await TestAccount.AddAsync(portal.Process, "dialogs.alias@people.test");
        await portal.Process.VerbAsync(["domain", "add", "dialogs.test", "--owner", account.Email, "--verified"]);
        var id = await account.NewVaultboxAsync("dialogs.alias", new TestKey("dialogs.alias@vault.test"));
        await account.PostAsync($"/api/v1/vaultboxes/{id}/aliases", new { localPart = "shop", domain = "dialogs.test", label = "Shop", maxMessages = 50 });
        await account.PostAsync($"/api/v1/vaultboxes/{id}/aliases", new { localPart = "news", domain = "dialogs.test", label = "Newsletters" });
        await using var visitor = await Visitor.ArriveToLookAsync(chromium, portal.Url);
        var page = visitor.Page;
        await visitor.SignInAsync(account);
        await visitor.LookAsync("aliases", $"/vaultboxes/{id}/aliases");

        await Button(page, "Add alias").ClickAsync();
        await page.GetByLabel("Address", new() { Exact = true }).FillAsync("shop");
        await page.GetByLabel("Domain", new() { Exact = true }).SelectOptionAsync("dialogs.test");
        await page.Locator("#alias-verdict .vb-field-error").WaitForAsync();
        await visitor.CheckAsync("aliases-add-taken");
        await Button(page, "Cancel").ClickAsync();

        await page.GetByLabel("More ways to add addresses").ClickAsync();
        await visitor.CheckAsync("aliases-ways");
        await Button(page, "Paste many").ClickAsync();
        await page.GetByLabel("Addresses", new() { Exact = true }).FillAsync("bank\ninsurance\nnot an address\nshop@dialogs.test");
        await page.GetByLabel("Names without a domain stand in").SelectOptionAsync("dialogs.test");
        await Button(page, "Add addresses").ClickAsync();
        await page.GetByText("2 addresses added.").WaitForAsync();
        await visitor.CheckAsync("aliases-paste-refused");
        await Button(page, "Done").ClickAsync();

        await page.GetByLabel("More ways to add addresses").ClickAsync();
        await Button(page, "Catch all of a domain").ClickAsync();
        await Button(page, "Catch all").WaitForAsync();
        await visitor.CheckAsync("aliases-catch-all");
        await Button(page, "Catch all").ClickAsync();
        await page.Locator("tbody").GetByText("@dialogs.test").First.WaitForAsync();

        await page.GetByLabel("Select shop@dialogs.test").CheckAsync();
        await page.GetByLabel("Select bank@dialogs.test").CheckAsync();
        await page.GetByText("2 selected").WaitForAsync();
        await visitor.CheckAsync("aliases-bulk");
        await page.GetByLabel("More for shop@dialogs.test").ClickAsync();
        await visitor.CheckAsync("aliases-menu");
        await page.Locator("details[open]").GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true }).ClickAsync();
        await page.GetByLabel("After so many messages").FillAsync("0");
        await Button(page, "Save changes").ClickAsync();
        await page.Locator("dialog .vb-field-error:not(:empty), dialog .vb-alert").First.WaitForAsync();
        await visitor.CheckAsync("aliases-edit-refused");
    }

    [Fact]
    public async Task KeyDialogsAndPalette_InEachLook_AreAccessibleAndDoWhatTheySay()
    {
        var account = await TestAccount.AddAsync(portal.Process, "dialogs.key@people.test");
        await using var visitor = await Visitor.ArriveToLookAsync(chromium, portal.Url);
        var page = visitor.Page;
        await visitor.SignInAsync(account);
        var id = await visitor.NewVaultboxAsync("dialogs.key");
        visitor.Watch([visitor.Passphrase, .. KitForms.Of(visitor.Kit)]);
        await visitor.GoAsync($"/vaultboxes/{id}/keys");
        await visitor.InteractiveAsync();

        await ChangePassphraseAsync(visitor);
        await RenewKitAsync(visitor);
        foreach (var (act, name) in new[] { ("Rename", "key-rename"), ("Retire", "key-retire"), ("Export", "key-export"), ("Delete", "key-delete-refused") })
        {
            await page.Locator("summary[aria-label^='More for']").First.ClickAsync();
            await page.Locator("details[open]").GetByRole(AriaRole.Button, new() { Name = act, Exact = true }).ClickAsync();
            await page.Locator("dialog[open]").WaitForAsync();
            await visitor.CheckAsync(name);
            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
        }

        await LookAtPaletteAsync(visitor);
        await visitor.LookAsync("notifications", "/notifications");
    }

    private static async Task ChangePassphraseAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await Button(page, "Change passphrase").ClickAsync();
        var dialog = page.Locator("dialog[open]");
        await dialog.GetByLabel("Passphrase now", new() { Exact = true }).FillAsync("not this one");
        var next = await SuggestedAsync(dialog);
        await Button(dialog, "Change passphrase").ClickAsync();
        await dialog.Locator(".vb-field-error:not(:empty)").First.WaitForAsync();
        await visitor.CheckAsync("passphrase-change-wrong");
        await dialog.GetByLabel("Passphrase now", new() { Exact = true }).FillAsync(visitor.Passphrase);
        await Button(dialog, "Change passphrase").ClickAsync();
        await page.GetByText("Passphrase changed.").WaitForAsync();
        visitor.UsePassphrase(next);
    }

    private static async Task RenewKitAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await Button(page, "Make a new kit").ClickAsync();
        var dialog = page.Locator("dialog[open]");
        await visitor.CheckAsync("kit-renewal");
        await dialog.GetByLabel("Your passphrase", new() { Exact = true }).FillAsync(visitor.Passphrase);
        await Button(dialog, "Make the words").ClickAsync();
        await page.Locator(".vb-kit-words li").Last.WaitForAsync();
        await visitor.CheckAsync("kit-renewal-words");
        await visitor.CopyKitAsync();
        await visitor.CheckAsync("kit-renewal-checked");
        await Button(dialog, "Use these words").ClickAsync();
        await page.GetByText("New kit made.").WaitForAsync();
    }

    private static async Task LookAtPaletteAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await page.Keyboard.PressAsync("Control+K");
        var question = page.GetByRole(AriaRole.Combobox, new() { Name = "Search or jump to" });
        await page.GetByRole(AriaRole.Option).First.WaitForAsync();
        await visitor.CheckAsync("palette");
        await question.FillAsync("dialogs.key");
        await page.GetByRole(AriaRole.Option).Filter(new() { HasText = "dialogs.key" }).First.WaitForAsync();
        await visitor.CheckAsync("palette-found");
        await question.FillAsync("nothing has this name");
        await page.GetByText("Nothing here matches.").WaitForAsync();
        await visitor.CheckAsync("palette-none");
        await page.Keyboard.PressAsync("Escape");
    }

    private static async Task<string> SuggestedAsync(ILocator dialog)
    {
        await Button(dialog, "Suggest one").ClickAsync();
        var next = (await dialog.Locator("output.vb-once-secret").InnerTextAsync()).Trim();
        await dialog.GetByLabel("New passphrase, again", new() { Exact = true }).FillAsync(next);
        return next;
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Button(ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
