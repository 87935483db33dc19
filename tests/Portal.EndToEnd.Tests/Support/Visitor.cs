using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Portal.EndToEnd.Tests.Support;

/// <summary>
/// A person at a browser: what they do, in their words. Fails on any error that the pages' scripts report, and on any secret of theirs that
/// left the browser: passphrase and kit of themselves, and what <see cref="Watch"/> names.
/// </summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly string _url;
    private readonly List<string> _faults = [];
    private readonly List<string> _secrets = [];
    private readonly Wire _wire;

    private Look _look;

    private Visitor(IBrowserContext context, IPage page, string url, IReadOnlyList<Look> looks) =>
        (_context, Page, _url, Looks, _look, _wire, Keyboard) = (context, page, url, looks, looks[0], Wire.Tap(page), new Keyboard(page));

    public IPage Page { get; }

    /// <summary>The same page without a mouse.</summary>
    public Keyboard Keyboard { get; }

    /// <summary>In which pages are judged; the first is that of the visit.</summary>
    public IReadOnlyList<Look> Looks { get; }

    /// <summary>Set: the test takes the server away, and the browser says so in its console.</summary>
    public bool LosesConnection { get; set; }

    /// <summary>The passphrase that the wizard suggested, once keys were made.</summary>
    public string Passphrase { get; private set; } = string.Empty;

    /// <summary>The words of the recovery kit, once it was shown.</summary>
    public IReadOnlyList<string> Kit { get; private set; } = [];

    /// <summary>Somebody who looks at every page wide and narrow, light and dark.</summary>
    public static Task<Visitor> ArriveToLookAsync(Chromium chromium, string url) => ArriveAsync(chromium, url, Look.Each, script: true);

    public static Task<Visitor> ArriveAsync(Chromium chromium, string url, int width = 1440, string scheme = "light", bool script = true) =>
        ArriveAsync(chromium, url, [new Look(width, scheme)], script);

    private static async Task<Visitor> ArriveAsync(Chromium chromium, string url, IReadOnlyList<Look> looks, bool script)
    {
        var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = looks[0].Window,
            ColorScheme = looks[0].Colours,
            AcceptDownloads = true,
            JavaScriptEnabled = script,
        });
        // Generous: argon2id and RSA take their time on a busy machine. No test waits for it when all is well.
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        var visitor = new Visitor(context, page, url, looks);
        page.PageError += (_, error) => visitor._faults.Add(error);
        page.Console += (_, message) =>
        {
            // The circuit's own client writes that its connection is lost.
            if (visitor.LosesConnection)
                return;
            // A mail's inline handler is refused by the frame's policy, and Chromium says so: that is the policy at work.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
                && !message.Text.Contains("inline event handler", StringComparison.Ordinal))
                visitor._faults.Add(message.Text);
        };
        return visitor;
    }

    /// <summary>Where signing in leads: Home or mail.</summary>
    public static Regex Inside { get; } = new("^[a-z]+://[^/]+/(?:mail.*)?$", RegexOptions.None, TimeSpan.FromSeconds(1));

    /// <summary>The window and the theme change as they do when somebody turns a phone or night falls: without loading anew.</summary>
    public async Task SeeAsync(Look look)
    {
        if (look == _look)
            return;
        _look = look;
        await Page.SetViewportSizeAsync(look.Window.Width, look.Window.Height);
        await Page.EmulateMediaAsync(new() { ColorScheme = look.Colours });
    }

    /// <summary>These never leave this browser, in whatever encoding; asked at the end of the visit.</summary>
    public void Watch(params IEnumerable<string> secrets) => _secrets.AddRange(secrets);

    /// <summary>A new one was set.</summary>
    public void UsePassphrase(string passphrase) => Passphrase = passphrase;

    public Task GoAsync(string path) => Page.GotoAsync(_url + path);

    public async Task SignInAsync(TestAccount account)
    {
        await GoAsync("/account/sign-in");
        await Page.GetByLabel("E-mail").FillAsync(account.Email);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(account.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Page.WaitForURLAsync(Inside);
    }

    /// <summary>Address and keys: the wizard from its first page to the step for a device.</summary>
    /// <returns>The vaultbox's id.</returns>
    public async Task<Guid> NewVaultboxAsync(string alias)
    {
        var id = await ChooseAddressAsync(alias);
        await MakeKeysAsync();
        return id;
    }

    /// <summary>The wizard's first page; ends where keys are made.</summary>
    /// <returns>The vaultbox's id.</returns>
    public async Task<Guid> ChooseAddressAsync(string alias)
    {
        await GoAsync("/vaultboxes/new");
        await InteractiveAsync();
        await Page.GetByLabel("Address", new() { Exact = true }).FillAsync(alias);
        await Page.GetByText("is free").WaitForAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Continue to keys" }).ClickAsync();
        await Page.WaitForURLAsync(new Regex("/keys-setup"));
        return Guid.Parse(Regex.Match(Page.Url, "/vaultboxes/([0-9a-f-]{36})").Groups[1].Value);
    }

    /// <summary>The keys step: the suggested passphrase, typed again as asked, and the kit of an account's first keys; ends on the device step.</summary>
    public async Task MakeKeysAsync()
    {
        await Page.GetByText("Your keys are made. Now lock them.").WaitForAsync();
        if (await Page.GetByRole(AriaRole.Button, new() { Name = "Suggest one" }).CountAsync() > 0)
        {
            await Page.GetByRole(AriaRole.Button, new() { Name = "Suggest one" }).ClickAsync();
            Passphrase = (await Page.Locator("output.vb-once-secret").InnerTextAsync()).Trim();
            await Page.GetByLabel("Again").FillAsync(Passphrase);
            await CopyKitAsync();
        }

        await Page.GetByRole(AriaRole.Button, new() { Name = "Continue to device" }).ClickAsync();
        await Page.WaitForURLAsync(new Regex("/device$"));
    }

    /// <summary>Writes the shown words down and types the three that are asked for.</summary>
    public async Task CopyKitAsync()
    {
        await Page.Locator(".vb-kit-words li").Last.WaitForAsync();
        Kit = await Page.Locator(".vb-kit-words b").AllInnerTextsAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Hide words and check" }).ClickAsync();
        await Page.Locator(".vb-kit-questions input").Last.WaitForAsync();
        foreach (var field in await Page.Locator(".vb-kit-questions input").AllAsync())
            await field.FillAsync(Kit[int.Parse((await field.GetAttributeAsync("data-position"))!, CultureInfo.InvariantCulture) - 1]);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Check", Exact = true }).ClickAsync();
        await Page.GetByText("Your copy is right").First.WaitForAsync();
    }

    /// <summary>Opens the message with the subject from the list.</summary>
    public async Task OpenAsync(Guid vaultboxId, string subject)
    {
        if (!Page.Url.Contains($"/mail/{vaultboxId}", StringComparison.Ordinal))
            await GoAsync($"/mail/{vaultboxId}");
        await UnlockIfLockedAsync();
        await Page.Locator("vb-mail-list [role=row]").Filter(new() { HasText = subject }).First.ClickAsync();
        await Page.Locator(".vb-reader-subject").WaitForAsync();
    }

    public async Task UnlockIfLockedAsync()
    {
        var list = Page.Locator("vb-mail-list .vb-mail-subject, .vb-empty");
        var lockCard = Page.Locator(".vb-unlock-card");
        await list.Or(lockCard).First.WaitForAsync();
        if (await lockCard.CountAsync() == 0)
            return;
        await lockCard.GetByLabel("Passphrase", new() { Exact = true }).FillAsync(Passphrase);
        await lockCard.GetByRole(AriaRole.Button, new() { Name = "Unlock" }).ClickAsync();
        await list.First.WaitForAsync();
    }

    /// <summary>Clicks before the circuit is up would be lost.</summary>
    public Task InteractiveAsync() => Page.Locator("[data-interactive=true]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });

    public async Task<byte[]> DownloadAsync(Func<Task> act)
    {
        var download = await Page.RunAndWaitForDownloadAsync(act);
        await using var stream = await download.CreateReadStreamAsync();
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        if (Passphrase.Length > 0)
            Watch(Passphrase);
        if (Kit.Count > 0)
            Watch(KitForms.Of(Kit));
        var leaks = _secrets.Count == 0 ? [] : await _wire.LeaksAsync(_secrets);
        await _context.DisposeAsync();
        Assert.Empty(_faults);
        Assert.Empty(leaks);
        // Something was captured at all.
        Assert.True(_secrets.Count == 0 || _wire.RequestCount > 5);
    }
}
