using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Journeys;

/// <summary>The circuit is lost in the middle of a form: nothing typed is lost, and no broken page is seen.</summary>
public sealed class ReconnectTests(Chromium chromium)
{
    [Fact]
    public async Task HalfTypedForm_LineCutThenServerKilled_KeepsWhatWasTyped()
    {
        await using var portal = await PortalProcess.StartAsync();
        var admin = await TestAccount.AddAsync(portal, "admin@people.test", "admin");
        await portal.VerbAsync(["domain", "add", "vault.test", "--owner", admin.Email, "--verified"]);
        await using var line = Line.To(portal);
        await using var visitor = await Visitor.ArriveAsync(chromium, line.Url);
        visitor.LosesConnection = true;
        var page = visitor.Page;
        await visitor.SignInAsync(admin);
        await visitor.GoAsync("/vaultboxes/new");
        await visitor.InteractiveAsync();
        await page.GetByLabel("Address", new() { Exact = true }).FillAsync("typed");
        await page.GetByText("typed@vault.test is free").WaitForAsync();

        // The line is cut, and typing goes on: the same circuit hears of it afterwards.
        line.Cut();
        await page.GetByText("Reconnecting…").WaitForAsync();
        await page.GetByLabel("Address", new() { Exact = true }).PressSequentiallyAsync("-more");
        line.Mend();
        await Assertions.Expect(page.GetByText("Reconnecting…")).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await page.GetByText("typed-more@vault.test is free").WaitForAsync();

        // The server dies and comes back: the circuit is gone with it, what stood in the form is not.
        await page.GetByLabel("What you call it").FillAsync("Half a name");
        await portal.KillAsync();
        await page.GetByText("Reconnecting…").WaitForAsync();
        await page.GetByLabel("What you call it").FillAsync("A whole name");
        var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.DOMContentLoaded += (_, _) => fresh.TrySetResult();
        await portal.UpAsync();
        await fresh.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        await page.GetByText("typed-more@vault.test is free").WaitForAsync();
        await Assertions.Expect(page.GetByLabel("What you call it")).ToHaveValueAsync("A whole name", new() { Timeout = 60_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue to keys" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/keys-setup"));

        var made = (await admin.GetAsync("/api/v1/vaultboxes")).GetProperty("items")[0];
        Assert.Equal(("A whole name", "typed-more@vault.test"), (made.GetProperty("name").GetString(), made.GetProperty("address").GetString()));
    }
}
