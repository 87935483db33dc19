using Microsoft.Playwright;
using Portal.EndToEnd.Tests.Canary;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Journeys;

/// <summary>The passphrase is forgotten and the laptop gone: what is left is the sheet of paper.</summary>
public sealed class SecondBrowserTests(SharedPortal portal, Chromium chromium)
{
    [Fact]
    public async Task SecondBrowser_UnlockedByKit_ReadsMailAndSetsAPassphraseThatEndsTheOldOne()
    {
        var account = await TestAccount.AddAsync(portal.Process, "second@people.test");
        await using var first = await Visitor.ArriveAsync(chromium, portal.Url);
        var firstWire = Wire.Tap(first.Page);
        await first.SignInAsync(account);
        var vaultboxId = await first.NewVaultboxAsync("second");
        var mail = new AwkwardMail("second@vault.test", AwkwardMail.NewMarker());
        await Senders.SendAsync("smtplib", portal.Process.IntakePort, "second@vault.test", mail.Bytes);

        await using var second = await Visitor.ArriveAsync(chromium, portal.Url, width: 390);
        var secondWire = Wire.Tap(second.Page);
        await second.SignInAsync(account);
        await second.GoAsync($"/mail/{vaultboxId}");
        var next = await UnlockByKitAsync(second, first.Kit);
        await second.OpenAsync(vaultboxId, AwkwardMail.Subject);
        await second.Page.FrameLocator("vb-message-frame iframe").GetByText(mail.Marker).First.WaitForAsync();

        await first.GoAsync($"/mail/{vaultboxId}");
        await first.Page.Locator("vb-mail-list .vb-mail-subject").First.WaitForAsync();
        await first.Page.Keyboard.PressAsync("Control+Shift+L");
        var card = first.Page.Locator(".vb-unlock-card");
        await UnlockAsync(card, first.Passphrase);
        await card.GetByText("That passphrase didn't open your keys.").WaitForAsync();
        await UnlockAsync(card, next);
        await first.Page.Locator("vb-mail-list .vb-mail-subject").First.WaitForAsync();

        string[] secrets = [first.Passphrase, next, .. KitForms.Of(first.Kit), mail.Marker];
        Assert.Empty(await firstWire.LeaksAsync(secrets));
        Assert.Empty(await secondWire.LeaksAsync(secrets));
    }

    /// <returns>The new passphrase.</returns>
    private static async Task<string> UnlockByKitAsync(Visitor visitor, IReadOnlyList<string> kit)
    {
        var card = visitor.Page.Locator(".vb-unlock-card");
        await card.GetByRole(AriaRole.Button, new() { Name = "Use your recovery kit" }).ClickAsync();
        var box = card.GetByLabel("Words", new() { Exact = true });
        await box.FillAsync(string.Join('\n', kit.Select((word, i) => i == 6 ? "vaultbox" : word)));
        await card.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await card.GetByText("Word 7 is not in the list.").WaitForAsync();
        await visitor.CheckAsync("unlock-kit");
        await box.FillAsync(string.Join('\n', kit.Select((word, i) => $"{i + 1}. {word.ToUpperInvariant()}")));
        await card.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await card.GetByText("Choose a new passphrase").WaitForAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Suggest one" }).ClickAsync();
        var next = (await card.Locator("output.vb-once-secret").InnerTextAsync()).Trim();
        await card.GetByLabel("New passphrase, again", new() { Exact = true }).FillAsync(next);
        await visitor.CheckAsync("unlock-new-passphrase");
        await card.GetByRole(AriaRole.Button, new() { Name = "Set passphrase and unlock" }).ClickAsync();
        await visitor.Page.Locator("vb-mail-list .vb-mail-subject").First.WaitForAsync();
        return next;
    }

    private static async Task UnlockAsync(ILocator card, string passphrase)
    {
        await card.GetByLabel("Passphrase", new() { Exact = true }).FillAsync(passphrase);
        await card.GetByRole(AriaRole.Button, new() { Name = "Unlock", Exact = true }).ClickAsync();
    }
}
