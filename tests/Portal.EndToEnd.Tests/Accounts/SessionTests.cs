using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Accounts;

/// <summary>What is open in a session closes when the session is ended on another device. The slow round of a circuit comes after 30 s, so what is seen here was pushed.</summary>
public sealed class SessionTests(SharedPortal portal, Chromium chromium)
{
    private const float Soon = 5_000;

    [Theory]
    [InlineData("/vaultboxes", true)]
    [InlineData("/account", false)]
    [InlineData("/mail", false)]
    public async Task End_FromAnotherDevice_ClosesTheTabAndItsApi(string path, bool isInteractive)
    {
        var account = await TestAccount.AddAsync(portal.Process, $"ended{path[1..]}@people.test");
        await using var lost = await Visitor.ArriveAsync(chromium, portal.Url, 390);
        await lost.SignInAsync(account);
        var listening = lost.Page.WaitForResponseAsync(response => response.Url.EndsWith("/sessions/current/events", StringComparison.Ordinal));
        await lost.GoAsync(path);
        if (isInteractive)
            await lost.InteractiveAsync();
        await listening;
        await using var here = await Visitor.ArriveAsync(chromium, portal.Url);
        await here.SignInAsync(account);
        await here.GoAsync("/account/sessions");

        await here.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^End the session of Chrome on Linux") }).ClickAsync();

        await lost.Page.WaitForURLAsync(new Regex($"/account/sign-in\\?returnUrl={Uri.EscapeDataString(path)}"), new() { Timeout = Soon });
        await here.Page.GetByText("That session has ended.").WaitForAsync();
        await here.Page.GetByText("This is the only place where you are signed in.").WaitForAsync();
        Assert.Equal(401, (await lost.Page.APIRequest.GetAsync($"{portal.Url}/api/v1/me")).Status);
    }

    [Fact]
    public async Task EndOthers_WithTwoTabsElsewhere_ClosesBothAndKeepsThisOne()
    {
        var account = await TestAccount.AddAsync(portal.Process, "endedall@people.test");
        await using var lost = await Visitor.ArriveAsync(chromium, portal.Url);
        await lost.SignInAsync(account);
        await lost.GoAsync("/account");
        var second = await lost.Page.Context.NewPageAsync();
        await second.GotoAsync($"{portal.Url}/vaultboxes");
        await second.Locator("[data-interactive=true]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await using var here = await Visitor.ArriveAsync(chromium, portal.Url);
        await here.SignInAsync(account);
        await here.GoAsync("/account/sessions");

        await here.Page.GetByRole(AriaRole.Button, new() { Name = "End all others" }).ClickAsync();

        await lost.Page.WaitForURLAsync(new Regex("/account/sign-in"), new() { Timeout = Soon });
        await second.WaitForURLAsync(new Regex("/account/sign-in"), new() { Timeout = Soon });
        await here.Page.GetByText("1 other session has ended.").WaitForAsync();
        await here.GoAsync("/vaultboxes");
        await here.InteractiveAsync();
    }
}
