using Microsoft.Playwright;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Vaultboxes;

/// <summary>A vaultbox deleted by its owner and taken back: what senders are told meanwhile, and that its mail opens afterwards. Without a mouse.</summary>
public sealed class DeleteAndUndoTests(SharedPortal portal, Chromium chromium)
{
    [Fact]
    public async Task Vaultbox_DeletedAndTakenBack_RefusesMailMeanwhileAndOpensItsMailAgain()
    {
        var account = await TestAccount.AddAsync(portal.Process, "journey.delete@people.test");
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
        var page = visitor.Page;
        await visitor.SignInAsync(account);
        var id = await visitor.NewVaultboxAsync("journey.delete");
        const string address = "journey.delete@vault.test";
        var mail = new AwkwardMail(address, AwkwardMail.NewMarker());
        visitor.Watch(mail.Marker);
        await Senders.SendAsync("smtplib", portal.Process.IntakePort, address, mail.Bytes);

        await visitor.GoAsync("/vaultboxes");
        await visitor.InteractiveAsync();
        await visitor.Keyboard.ActAsync(page.GetByLabel($"More for {address}"));
        await visitor.CheckAsync("vaultboxes-menu");
        await visitor.Keyboard.ActAsync(Button(page, "Delete…"));
        await page.GetByText("1 sealed message", new() { Exact = true }).WaitForAsync();
        await visitor.CheckAsync("vaultbox-delete");
        await visitor.Keyboard.ActAsync(Button(page, "Delete vaultbox"));
        await page.GetByText($"{address} is deleted.").WaitForAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(0);
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => Senders.SendAsync("smtplib", portal.Process.IntakePort, address, mail.Bytes));
        Assert.Contains("5.1.1", refused.Message, StringComparison.Ordinal);

        await visitor.Keyboard.ActAsync(Button(page, "Undo"));
        await page.GetByText("is back, with its mail, keys and devices.").WaitForAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToContainTextAsync(address);
        await Senders.SendAsync("smtplib", portal.Process.IntakePort, address, new AwkwardMail(address, AwkwardMail.NewMarker()).Bytes);
        await visitor.OpenAsync(id, AwkwardMail.Subject);
        await page.FrameLocator("vb-message-frame iframe").GetByText("Hello Mara").First.WaitForAsync();
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
