using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using OtpNet;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Testing;

namespace Portal.Web.Tests.Identity;

public sealed class SecondFactorFlowTests(PostgresCluster cluster) : IdentityTest(cluster)
{
    [Theory]
    [InlineData("https", "__Host-", true)]
    [InlineData("http", "", false)]
    public async Task SignIn_WithASecondFactor_CarriesAProtectedCookieAndNoSession(string scheme, string prefix, bool secure)
    {
        await EnrolAsync();
        using var browser = Host.OpenBrowser(scheme);

        var response = await browser.SignInAsync("/vaultboxes?x=1");

        Assert.Equal("/account/second-factor", response.Headers.Location?.OriginalString);
        var cookie = Assert.Single(browser.Cookies).Value;
        Assert.Equal(($"{prefix}vaultbox-sign-in", secure, true, "/"), (cookie.Name.ToString(), cookie.Secure, cookie.HttpOnly, cookie.Path.ToString()));
        Assert.Equal((SameSiteMode.Strict, TimeSpan.FromMinutes(10)), (cookie.SameSite, cookie.MaxAge));
        Assert.DoesNotContain("vaultboxes", cookie.Value.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/vaultboxes")).StatusCode);
    }

    [Fact]
    public async Task Complete_WithTheCode_EntersGoesBackAndRemembersTheBrowser()
    {
        var secret = await EnrolAsync();
        using var browser = Host.OpenBrowser();
        await browser.SignInAsync("/vaultboxes?x=1");

        var response = await CompleteAsync(browser, Code(secret, 30), remember: true);

        Assert.Equal("/vaultboxes?x=1", response.Headers.Location?.OriginalString);
        Assert.Equal(["__Host-vaultbox", "__Host-vaultbox-device"], browser.Cookies.Keys.Order(StringComparer.Ordinal));
        var device = browser.Cookies["__Host-vaultbox-device"];
        Assert.Equal((true, true, SameSiteMode.Strict), (device.HttpOnly, device.Secure, device.SameSite));
        Assert.InRange(device.MaxAge!.Value, TimeSpan.FromDays(30) - TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
        Assert.Equal("/start", (await browser.SignInAsync()).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Complete_WithoutTheFirstStepOrWithAForgedOne_MustStartAgain()
    {
        var secret = await EnrolAsync();
        using var browser = Host.OpenBrowser();

        var without = await CompleteAsync(browser, Code(secret, 30));
        browser.Cookies["__Host-vaultbox-sign-in"] = new SetCookieHeaderValue("__Host-vaultbox-sign-in", "forged");
        var forged = await CompleteAsync(browser, Code(secret, 30));

        Assert.Equal("sign_in_expired", await without.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("sign_in_expired", await forged.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Complete_WithAWrongCode_CanBeTriedAgain()
    {
        var secret = await EnrolAsync();
        using var browser = Host.OpenBrowser();
        await browser.SignInAsync();

        var wrong = await CompleteAsync(browser, "no code");

        Assert.Equal("second_factor_refused", await wrong.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("/start", (await CompleteAsync(browser, Code(secret, 30))).Headers.Location?.OriginalString);
    }

    private static Task<HttpResponseMessage> CompleteAsync(Browser browser, string code, bool remember = false) =>
        browser.PostAsync($"/test/second-factor?code={Uri.EscapeDataString(code)}&remember={remember}");

    private static string Code(string secret, int secondsFromNow) =>
        new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(secondsFromNow));

    private async Task<string> EnrolAsync()
    {
        var actor = Actor.Person(await Host.AddUserAsync(), Role.User, Guid.NewGuid(), DateTimeOffset.MaxValue);
        var begun = await Host.Services.GetRequiredService<BeginAuthenticator>().HandleAsync(actor, Cancel);
        var secret = begun.Value!.Text.Replace(" ", string.Empty, StringComparison.Ordinal);
        Assert.True((await Host.Services.GetRequiredService<ConfirmAuthenticator>().HandleAsync(actor, Code(secret, 0), Cancel)).Succeeded);
        return secret;
    }
}
