using Microsoft.Playwright;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Vaultboxes;

/// <summary>A vaultbox deleted by its owner and taken back: what senders are told meanwhile, and that its mail opens afterwards.</summary>
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
        var mail = new AwkwardMail(address, AwkwardMail.NewMarker()).Bytes;
        await Senders.SendAsync("smtplib", portal.Process.IntakePort, address, mail);

        await visitor.GoAsync("/vaultboxes");
        await visitor.InteractiveAsync();
        await page.GetByLabel($"More for {address}").ClickAsync();
        await Button(page, "Delete…").ClickAsync();
        await page.GetByText("1 sealed message", new() { Exact = true }).WaitForAsync();
        await visitor.CheckAsync("vaultbox-delete");
        await Button(page, "Delete vaultbox").ClickAsync();
        await page.GetByText($"{address} is deleted.").WaitForAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(0);
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => Senders.SendAsync("smtplib", portal.Process.IntakePort, address, mail));
        Assert.Contains("5.1.1", refused.Message, StringComparison.Ordinal);

        await Button(page, "Undo").ClickAsync();
        await page.GetByText("is back, with its mail, keys and devices.").WaitForAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToContainTextAsync(address);
        await Senders.SendAsync("smtplib", portal.Process.IntakePort, address, new AwkwardMail(address, AwkwardMail.NewMarker()).Bytes);
        await visitor.OpenAsync(id, AwkwardMail.Subject);
        await page.FrameLocator("vb-message-frame iframe").GetByText("Hello Mara").First.WaitForAsync();
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
