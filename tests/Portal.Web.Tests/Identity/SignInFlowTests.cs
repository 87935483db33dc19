using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts.SetUp;
using Portal.Testing;

namespace Portal.Web.Tests.Identity;

public sealed class SignInFlowTests(PostgresCluster cluster) : IdentityTest(cluster)
{
    [Theory]
    [InlineData("https", "__Host-vaultbox", true)]
    [InlineData("http", "vaultbox", false)]
    public async Task SignIn_WithTheRightPassword_SetsTheCookieThatFitsTheScheme(string scheme, string name, bool secure)
    {
        await Host.AddUserAsync();
        using var browser = Host.OpenBrowser(scheme);

        var response = await browser.SignInAsync();

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        var cookie = Assert.Single(browser.Cookies).Value;
        Assert.Equal((name, secure, true, "/"), (cookie.Name.ToString(), cookie.Secure, cookie.HttpOnly, cookie.Path.ToString()));
        Assert.Equal(Microsoft.Net.Http.Headers.SameSiteMode.Lax, cookie.SameSite);
        Assert.False(cookie.Domain.HasValue);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/vaultboxes")).StatusCode);
    }

    [Fact]
    public async Task SignIn_WithAWrongPassword_SetsNoCookie()
    {
        await Host.AddUserAsync();
        using var browser = Host.OpenBrowser();

        var response = await browser.SignInAsync(password: "not the one that was set");

        Assert.Equal("sign_in_refused", await response.Content.ReadAsStringAsync(Cancel));
        Assert.Empty(browser.Cookies);
    }

    [Theory]
    [InlineData("/vaultboxes?x=1", "/vaultboxes?x=1")]
    [InlineData(null, "/start")]
    [InlineData("//evil.example/", "/start")]
    [InlineData("/\\evil.example/", "/start")]
    [InlineData("/\t/evil.example/", "/start")]
    [InlineData("https://evil.example/", "/start")]
    [InlineData("javascript:alert(1)", "/start")]
    public async Task SignIn_WithAReturnAddress_GoesToALocalOneOnly(string? returnUrl, string expected)
    {
        await Host.AddUserAsync();
        using var browser = Host.OpenBrowser();

        var response = await browser.SignInAsync(returnUrl);

        Assert.Equal(expected, response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task SignIn_InABrowserThatHasASession_EndsTheFormer()
    {
        await Host.AddUserAsync();
        using var browser = Host.OpenBrowser();
        await browser.SignInAsync();

        await browser.SignInAsync();

        Assert.Equal(1L, await Host.Database.ScalarAsync<long>("SELECT count(*) FROM sessions WHERE revoked_at IS NULL"));
    }

    [Fact]
    public async Task SetUp_WithTheLink_MakesTheAdminAndSignsIn()
    {
        var link = await Host.Services.GetRequiredService<IssueSetupLink>().HandleAsync(Cancel);
        using var browser = Host.OpenBrowser();

        var response = await browser.PostAsync(
            $"/test/set-up?link={link.Value!.Token}&email=admin@example.org&password={Uri.EscapeDataString(IdentityHost.Password)}");

        Assert.Equal("/start", response.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin")).StatusCode);
    }

    [Fact]
    public async Task SignOut_WithTheFormsToken_EndsTheSessionForEveryCopyOfTheCookie()
    {
        await Host.AddUserAsync();
        using var browser = Host.OpenBrowser();
        using var thief = Host.OpenBrowser();
        await browser.SignInAsync();
        foreach (var (name, cookie) in browser.Cookies)
            thief.Cookies[name] = cookie;
        var token = await browser.AntiforgeryTokenAsync();

        var response = await browser.PostAsync("/account/sign-out", antiforgery: token);

        Assert.Equal("/account/sign-in", response.Headers.Location?.OriginalString);
        Assert.DoesNotContain("__Host-vaultbox", browser.Cookies.Keys);
        Assert.Equal(HttpStatusCode.Found, (await thief.GetAsync("/vaultboxes")).StatusCode);
    }

    [Fact]
    public async Task SignOut_WithoutTheFormsToken_LeavesTheSession()
    {
        await Host.AddUserAsync();
        using var browser = Host.OpenBrowser();
        await browser.SignInAsync();

        var response = await browser.PostAsync("/account/sign-out");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/vaultboxes")).StatusCode);
    }
}
