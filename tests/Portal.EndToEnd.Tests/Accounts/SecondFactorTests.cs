using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OtpNet;
using Portal.EndToEnd.Tests.Support;
using QRCoder;

namespace Portal.EndToEnd.Tests.Accounts;

/// <summary>An authenticator app from its QR code to the sign-in that asks for it, with script and without.</summary>
public sealed class SecondFactorTests(SharedPortal portal, Chromium chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Authenticator_EnrolledByItsQrCode_IsAskedForAtSignIn(bool script)
    {
        var account = await TestAccount.AddAsync(portal.Process, $"totp.{script}@people.test".ToLowerInvariant());
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url, script: script);
        await PasswordAsync(visitor, account);
        var (secret, codes) = await EnrolAsync(visitor, account.Email);
        Assert.Equal(10, codes.Distinct(StringComparer.Ordinal).Count());
        await SignOutAsync(visitor);

        await PasswordAsync(visitor, account);
        await visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Enter your code" }).WaitForAsync();
        await EnterAsync(visitor, "Code", Wrong(secret));
        await visitor.Page.GetByText("That didn’t match.").WaitForAsync();
        // The code of the enrolment is spent; the next one is taken a little early.
        await EnterAsync(visitor, "Code", Code(secret, 30));

        await visitor.Page.WaitForURLAsync(Visitor.Inside);
    }

    [Fact]
    public async Task RecoveryCode_InPlaceOfTheApp_SignsInOnceAndARememberedBrowserAsksNoMore()
    {
        var account = await TestAccount.AddAsync(portal.Process, "recovery.code@people.test");
        await using var visitor = await Visitor.ArriveAsync(chromium, portal.Url);
        await PasswordAsync(visitor, account);
        var (_, codes) = await EnrolAsync(visitor, account.Email);
        await SignOutAsync(visitor);

        await PasswordAsync(visitor, account);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Use a recovery code instead" }).ClickAsync();
        await visitor.Page.GetByLabel("Remember this browser for 30 days").CheckAsync();
        await EnterAsync(visitor, "Recovery code", codes[0]);
        await visitor.Page.WaitForURLAsync(Visitor.Inside);
        await SignOutAsync(visitor);
        await PasswordAsync(visitor, account);
        await visitor.Page.WaitForURLAsync(Visitor.Inside);
        await visitor.GoAsync("/account/security");
        await visitor.Page.GetByText("9 left").WaitForAsync();

        await using var elsewhere = await Visitor.ArriveAsync(chromium, portal.Url);
        await PasswordAsync(elsewhere, account);
        await elsewhere.Page.GetByRole(AriaRole.Link, new() { Name = "Use a recovery code instead" }).ClickAsync();
        await EnterAsync(elsewhere, "Recovery code", codes[0]);
        await elsewhere.Page.GetByText("That didn’t match.").WaitForAsync();
    }

    [Fact]
    public async Task Pages_OfTheSecondFactor_AreAccessibleAndFit()
    {
        var account = await TestAccount.AddAsync(portal.Process, "factor.pages@people.test");
        await using var visitor = await Visitor.ArriveToLookAsync(chromium, portal.Url);
        await PasswordAsync(visitor, account);
        await visitor.Page.WaitForURLAsync(Visitor.Inside);
        await visitor.GoAsync("/account/security");
        await visitor.CheckAsync("security");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Set up authenticator app" }).ClickAsync();
        await visitor.Page.Locator("#authenticator-secret").WaitForAsync();
        await visitor.CheckAsync("security-enrol");
        await EnrolAsync(visitor, account.Email);
        await visitor.CheckAsync("security-codes");
        await visitor.GoAsync("/account/confirm?returnUrl=%2Faccount%2Fsecurity");
        await visitor.CheckAsync("confirm");
        await SignOutAsync(visitor);
        await PasswordAsync(visitor, account);
        await visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Enter your code" }).WaitForAsync();
        await EnterAsync(visitor, "Code", "no code");
        await visitor.Page.GetByText("That didn’t match.").WaitForAsync();
        await visitor.CheckAsync("second-factor");
        await visitor.GoAsync("/account/second-factor?use=recovery");
        await visitor.CheckAsync("second-factor-recovery");
    }

    private static async Task PasswordAsync(Visitor visitor, TestAccount account)
    {
        await visitor.GoAsync("/account/sign-in");
        await visitor.Page.GetByLabel("E-mail").FillAsync(account.Email);
        await visitor.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(account.Password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await visitor.Page.WaitForURLAsync(url => !url.Contains("/account/sign-in", StringComparison.Ordinal));
    }

    private static async Task EnterAsync(Visitor visitor, string label, string code)
    {
        await visitor.Page.GetByLabel(label, new() { Exact = true }).FillAsync(code);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
    }

    private static async Task SignOutAsync(Visitor visitor)
    {
        await visitor.GoAsync("/account");
        await visitor.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await visitor.Page.WaitForURLAsync(new Regex("/account/sign-in"));
    }

    /// <summary>As its owner does it: the secret from the page, a mistyped code, then the right one.</summary>
    private static async Task<(string Secret, IReadOnlyList<string> Codes)> EnrolAsync(Visitor visitor, string email)
    {
        var page = visitor.Page;
        await visitor.GoAsync("/account/security");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up authenticator app" }).ClickAsync();
        var text = await page.Locator("#authenticator-secret").InnerTextAsync();
        var secret = text.Replace(" ", string.Empty, StringComparison.Ordinal);
        var uri = $"otpauth://totp/Vaultbox:{Uri.EscapeDataString(email)}?secret={secret}&issuer=Vaultbox&algorithm=SHA1&digits=6&period=30";
        Assert.Equal(Modules(uri), await DrawnAsync(page.GetByRole(AriaRole.Img, new() { Name = "QR code" })));

        await page.GetByLabel("The code that it shows now").FillAsync(Wrong(secret));
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn on" }).ClickAsync();
        await page.Locator("#authenticator-code-error").WaitForAsync();
        Assert.Equal(text, await page.Locator("#authenticator-secret").InnerTextAsync());
        await page.GetByLabel("The code that it shows now").FillAsync(Code(secret));
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn on" }).ClickAsync();
        var list = page.GetByRole(AriaRole.List, new() { Name = "Recovery codes" });
        await list.WaitForAsync();
        return (secret, await list.Locator("code").AllInnerTextsAsync());
    }

    private static string Code(string secret, int secondsFromNow = 0) =>
        new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(secondsFromNow));

    /// <summary>None of those that would be taken in the next minute.</summary>
    private static string Wrong(string secret)
    {
        var good = new[] { -60, -30, 0, 30, 60, 90 }.Select(seconds => Code(secret, seconds)).ToList();
        return Enumerable.Range(0, 10).Select(digit => new string((char)('0' + digit), 6)).First(code => !good.Contains(code, StringComparer.Ordinal));
    }

    /// <summary>The dark modules as the picture draws them, a row a line.</summary>
    private static async Task<string> DrawnAsync(ILocator svg)
    {
        var size = int.Parse((await svg.GetAttributeAsync("viewBox"))!.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);
        var dark = Regex.Matches((await svg.Locator("path").GetAttributeAsync("d"))!, @"M(\d+) (\d+)h1v1h-1z")
            .Select(match => (X: int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), Y: int.Parse(match.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)))
            .ToHashSet();
        return Draw(size, (x, y) => dark.Contains((x, y)));
    }

    private static string Modules(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        return Draw(data.ModuleMatrix.Count, (x, y) => data.ModuleMatrix[y][x]);
    }

    private static string Draw(int size, Func<int, int, bool> isDark)
    {
        var drawn = new StringBuilder();
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
                drawn.Append(isDark(x, y) ? '#' : '.');
            drawn.Append('\n');
        }

        return drawn.ToString();
    }
}
