using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Portal.EndToEnd.Tests.Support;

/// <summary>A window's width in CSS px, and light or dark.</summary>
public sealed record Look(int Width, string Scheme)
{
    /// <summary>
    /// The same page wide and narrow, light and dark: all four in the deep suite and where pictures are taken, otherwise wide by day and narrow
    /// by night.
    /// </summary>
    public static IReadOnlyList<Look> Each { get; } = PageLook.IsDeep || PageLook.TakesPictures
        ? [new(1440, "light"), new(1440, "dark"), new(390, "light"), new(390, "dark")]
        : [new(1440, "light"), new(390, "dark")];

    public ViewportSize Window => new() { Width = Width, Height = Width < 600 ? 844 : 900 };

    public ColorScheme Colours => string.Equals(Scheme, "dark", StringComparison.Ordinal) ? ColorScheme.Dark : ColorScheme.Light;
}

/// <summary>Judges a page in each look that the visitor judges by: no accessibility violation, no sideways scrolling. Leaves pictures where they are asked for.</summary>
public static class PageLook
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    internal static bool IsDeep => string.Equals(Environment.GetEnvironmentVariable("PORTAL_TEST_DEEP"), "1", StringComparison.Ordinal);

    internal static bool TakesPictures => Pictures is not null;

    /// <summary>Where pictures go, if anywhere.</summary>
    private static string? Pictures => Environment.GetEnvironmentVariable("PORTAL_SCREENSHOTS") is { Length: > 0 } wanted
        ? Directory.CreateDirectory(wanted).FullName
        : null;

    public static async Task LookAsync(this Visitor visitor, string name, string path)
    {
        await visitor.GoAsync(path);
        await visitor.Page.Locator("h1, vb-mail-list [role=row], .vb-unlock-card").First.WaitForAsync();
        // A page with a circuit is drawn twice: for the answer, and once the circuit stands.
        if (await visitor.Page.Locator("script[src*='blazor.web']").CountAsync() > 0)
            await visitor.InteractiveAsync();
        // What is judged is the page, not the grey shapes that stand for it while it loads.
        await Assertions.Expect(visitor.Page.Locator("main .vb-skeleton")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await visitor.CheckAsync(name);
    }

    /// <summary>The page as it is now.</summary>
    public static async Task CheckAsync(this Visitor visitor, string name)
    {
        foreach (var look in visitor.Looks)
        {
            await visitor.SeeAsync(look);
            await JudgeAsync(visitor.Page, name, look);
        }

        await visitor.SeeAsync(visitor.Looks[0]);
    }

    /// <summary>What fades or slides in is judged as it will stand, not halfway; what the look itself set going begins with the next frame.</summary>
    private const string AtRest = """
        async () => {
          const frame = () => new Promise(requestAnimationFrame);
          await frame();
          for (let still = 0; still < 2; await frame()) {
            const moving = document.getAnimations().filter(a => a.playState !== 'finished' && Number.isFinite(a.effect?.getComputedTiming().endTime));
            moving.forEach(a => a.finish());
            still = moving.length === 0 ? still + 1 : 0;
          }
        }
        """;

    private static async Task JudgeAsync(IPage page, string name, Look look)
    {
        await page.EvaluateAsync(AtRest);
        if (Pictures is { } pictures)
            await page.ScreenshotAsync(new() { Path = Path.Combine(pictures, $"{name}-{look.Width}-{look.Scheme}.png"), Animations = ScreenshotAnimations.Disabled });
        var sideways = await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");
        Assert.False(sideways, $"{name} scrolls sideways at {look.Width}");
        var violations = await ViolationsAsync(page);
        Assert.True(violations.Count == 0, $"{name} {look.Width} {look.Scheme}: {string.Join('\n', violations)}");
    }

    /// <summary>The page is given the script once, not once for each look. Where a mail is shown in a frame of its own, the library asks every frame.</summary>
    private static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page)
    {
        if (page.Frames.Count > 1)
            return [.. (await page.RunAxe()).Violations.Select(v => $"{v.Id}: {v.Nodes.FirstOrDefault()?.Html}")];
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
            await page.EvaluateAsync(Axe);
        return await page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map(v => `${v.id}: ${v.nodes[0]?.html}`)
            """);
    }
}
