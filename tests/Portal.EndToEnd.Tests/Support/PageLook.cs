using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Portal.EndToEnd.Tests.Support;

/// <summary>Judges a page at the visitor's width and theme: no accessibility violation, no sideways scrolling. Leaves a picture in artifacts/screenshots.</summary>
public static class PageLook
{
    public static async Task LookAsync(this Visitor visitor, string name, string path)
    {
        await visitor.GoAsync(path);
        await visitor.Page.Locator("h1, vb-mail-list [role=row], .vb-unlock-card").First.WaitForAsync();
        await visitor.Page.Locator("[data-interactive=false], [data-interactive=true]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        // What is judged is the page, not the grey shapes that stand for it while it loads.
        await Assertions.Expect(visitor.Page.Locator("main .vb-skeleton")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await visitor.CheckAsync(name);
    }

    /// <summary>The page as it is now.</summary>
    public static async Task CheckAsync(this Visitor visitor, string name)
    {
        var directory = Directory.CreateDirectory(Path.Combine(PortalProcess.FindApp(), "..", "screenshots"));
        var picture = Path.Combine(directory.FullName, $"{name}-{visitor.Width}-{visitor.Scheme}.png");
        await visitor.Page.ScreenshotAsync(new() { Path = picture, Animations = ScreenshotAnimations.Disabled });
        var sideways = await visitor.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");
        Assert.False(sideways, $"{name} scrolls sideways at {visitor.Width}");
        var axe = await visitor.Page.RunAxe();
        Assert.Empty(axe.Violations.Select(v => $"{name} {visitor.Width} {visitor.Scheme}: {v.Id}: {v.Nodes.FirstOrDefault()?.Html}"));
    }
}
