using Microsoft.Playwright;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Journeys;

/// <summary>The passphrase is forgotten and the laptop gone: what is left is the sheet of paper. Without a mouse.</summary>
public sealed class SecondBrowserTests(SharedPortal portal, Chromium chromium)
{
    [Fact]
    public async Task SecondBrowser_UnlockedByKit_ReadsMailAndSetsAPassphraseThatEndsTheOldOne()
    {
        var account = await TestAccount.AddAsync(portal.Process, "second@people.test");
        await using var first = await Visitor.ArriveAsync(chromium, portal.Url);
        await first.SignInAsync(account);
        var vaultboxId = await first.NewVaultboxAsync("second");
        var mail = new AwkwardMail("second@vault.test", AwkwardMail.NewMarker());
        await Senders.SendAsync("smtplib", portal.Process.IntakePort, "second@vault.test", mail.Bytes);

        await using var second = await Visitor.ArriveAsync(chromium, portal.Url, width: 390);
        await second.SignInAsync(account);
        await second.GoAsync($"/mail/{vaultboxId}");
        var next = await UnlockByKitAsync(second, first.Kit);
        var list = second.Page.Locator("vb-mail-list [role=grid]");
        await second.Keyboard.MoveToAsync(list, list.Locator("[role=row]").Filter(new() { HasText = AwkwardMail.Subject }).First);
        await second.Keyboard.EnterAsync();
        await second.Page.FrameLocator("vb-message-frame iframe").GetByText(mail.Marker).First.WaitForAsync();

        await first.GoAsync($"/mail/{vaultboxId}");
        await first.Page.Locator("vb-mail-list .vb-mail-subject").First.WaitForAsync();
        await first.Page.Keyboard.PressAsync("Control+Shift+L");
        await UnlockAsync(first, first.Passphrase);
        await first.Page.GetByText("That passphrase didn't open your keys.").WaitForAsync();
        await UnlockAsync(first, next);
        await first.Page.Locator("vb-mail-list .vb-mail-subject").First.WaitForAsync();

        string[] secrets = [first.Passphrase, next, .. KitForms.Of(first.Kit), mail.Marker];
        first.Watch(secrets);
        second.Watch(secrets);
    }

    /// <returns>The new passphrase.</returns>
    private static async Task<string> UnlockByKitAsync(Visitor visitor, IReadOnlyList<string> kit)
    {
        var card = visitor.Page.Locator(".vb-unlock-card");
        var keyboard = visitor.Keyboard;
        await keyboard.ActAsync(Button(card, "Use your recovery kit"));
        var box = card.GetByLabel("Words", new() { Exact = true });
        await keyboard.TypeAsync(box, string.Join('\n', kit.Select((word, i) => i == 6 ? "vaultbox" : word)));
        await keyboard.ActAsync(Button(card, "Continue"));
        await card.GetByText("Word 7 is not in the list.").WaitForAsync();
        await visitor.CheckAsync("unlock-kit");
        await keyboard.TypeAsync(box, string.Join('\n', kit.Select((word, i) => $"{i + 1}. {word.ToUpperInvariant()}")));
        await keyboard.ActAsync(Button(card, "Continue"));
        await card.GetByText("Choose a new passphrase").WaitForAsync();
        await keyboard.ActAsync(Button(card, "Suggest one"));
        var next = (await card.Locator("output.vb-once-secret").InnerTextAsync()).Trim();
        await keyboard.TypeAsync(card.GetByLabel("New passphrase, again", new() { Exact = true }), next);
        await visitor.CheckAsync("unlock-new-passphrase");
        await keyboard.ActAsync(Button(card, "Set passphrase and unlock"));
        await visitor.Page.Locator("vb-mail-list .vb-mail-subject").First.WaitForAsync();
        return next;
    }

    private static async Task UnlockAsync(Visitor visitor, string passphrase)
    {
        await visitor.Keyboard.TypeAsync(visitor.Page.Locator(".vb-unlock-card").GetByLabel("Passphrase", new() { Exact = true }), passphrase);
        await visitor.Keyboard.EnterAsync();
    }

    private static ILocator Button(ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
