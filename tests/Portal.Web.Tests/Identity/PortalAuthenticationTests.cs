using System.Net;
using System.Text.Json;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Tokens;
using Portal.Testing;

namespace Portal.Web.Tests.Identity;

public sealed class PortalAuthenticationTests(PostgresCluster cluster) : IdentityTest(cluster)
{
    [Fact]
    public async Task Page_ForAStranger_RedirectsToSignInWithTheWayBack()
    {
        using var browser = Host.OpenBrowser();

        var response = await browser.GetAsync("/vaultboxes?tab=keys");

        Assert.Equal("https://localhost/account/sign-in?returnUrl=%2Fvaultboxes%3Ftab%3Dkeys", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Api_ForAStranger_Answers401ProblemWithoutRedirect()
    {
        using var browser = Host.OpenBrowser();

        await AssertProblemAsync(await browser.GetAsync("/api/v1/me"), HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Api_WithASession_KnowsTheAccount()
    {
        var userId = await Host.AddUserAsync(Role.Support);
        using var browser = Host.OpenBrowser();
        await browser.SignInAsync();

        var response = await browser.GetAsync("/api/v1/me");

        Assert.Equal($"{userId} Support", await response.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Api_WithAToken_KnowsTheAccountAndItsScopes()
    {
        var userId = await Host.AddUserAsync();
        using var program = Host.OpenBrowser();

        var me = await program.GetAsync("/api/v1/me", await Host.IssueTokenAsync());
        var narrowed = await program.PostAsync("/api/v1/things", await Host.IssueTokenAsync(TokenScopes.MessagesRead));

        Assert.Equal($"{userId} User", await me.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("false", await narrowed.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Api_WithABadTokenAndAGoodCookie_Answers401()
    {
        await Host.AddUserAsync();
        using var browser = Host.OpenBrowser();
        await browser.SignInAsync();

        await AssertProblemAsync(await browser.GetAsync("/api/v1/me", "vbp_wrong"), HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Page_WithATokenOnly_RedirectsToSignIn()
    {
        await Host.AddUserAsync();
        using var program = Host.OpenBrowser();

        Assert.Equal(HttpStatusCode.Found, (await program.GetAsync("/vaultboxes", await Host.IssueTokenAsync())).StatusCode);
    }

    [Fact]
    public async Task Write_WithASessionButNoAntiforgeryHeader_IsRefused()
    {
        await Host.AddUserAsync();
        using var browser = Host.OpenBrowser();
        await browser.SignInAsync();
        await browser.AntiforgeryTokenAsync();

        await AssertProblemAsync(await browser.PostAsync("/api/v1/things"), HttpStatusCode.BadRequest, "antiforgery");
        await AssertProblemAsync(await browser.PostAsync("/api/v1/things", antiforgery: "nonsense"), HttpStatusCode.BadRequest, "antiforgery");
    }

    [Theory]
    [InlineData("https", "__Host-vaultbox-antiforgery")]
    [InlineData("http", "vaultbox-antiforgery")]
    public async Task Write_WithASessionAndItsAntiforgeryHeader_Passes(string scheme, string cookie)
    {
        await Host.AddUserAsync();
        using var browser = Host.OpenBrowser(scheme);
        await browser.SignInAsync();
        var token = await browser.AntiforgeryTokenAsync();

        Assert.Equal(HttpStatusCode.OK, (await browser.PostAsync("/api/v1/things", antiforgery: token)).StatusCode);
        Assert.Contains(cookie, browser.Cookies.Keys);
    }

    [Fact]
    public async Task Write_WithTheAntiforgeryTokenOfAnotherAccount_IsRefused()
    {
        await Host.AddUserAsync();
        await Host.AddUserAsync(email: "other@example.org");
        using var browser = Host.OpenBrowser();
        await browser.SignInAsync(email: "other@example.org");
        var token = await browser.AntiforgeryTokenAsync();
        await browser.SignInAsync();

        await AssertProblemAsync(await browser.PostAsync("/api/v1/things", antiforgery: token), HttpStatusCode.BadRequest, "antiforgery");
    }

    [Fact]
    public async Task AdminParts_ForAUser_AreForbiddenInBothWorlds()
    {
        await Host.AddUserAsync();
        using var browser = Host.OpenBrowser();
        await browser.SignInAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/admin")).StatusCode);
        await AssertProblemAsync(await browser.GetAsync("/api/v1/admin"), HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Anything_WhileTheDatabaseIsDown_Answers503ButHealthAndKeepsTheCookie()
    {
        await Host.AddUserAsync();
        using var browser = Host.OpenBrowser();
        await browser.SignInAsync();
        var token = await Host.IssueTokenAsync();

        await Host.Database.GoDownAsync();
        var live = await browser.GetAsync("/health/live");
        var page = await browser.GetAsync("/vaultboxes");
        var api = await browser.GetAsync("/api/v1/me");
        var program = await browser.GetAsync("/api/v1/me", token);
        await Host.Database.GoUpAsync();

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        await AssertProblemAsync(api, HttpStatusCode.ServiceUnavailable, "unavailable");
        await AssertProblemAsync(program, HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/vaultboxes")).StatusCode);
    }

    [Fact]
    public async Task DataProtectionKeys_InTheDatabase_AreEncryptedToTheCertificate()
    {
        await Host.AddUserAsync();
        using var browser = Host.OpenBrowser();
        await browser.SignInAsync();

        var xml = await Host.Database.ScalarAsync<string>("SELECT xml FROM data_protection_keys");

        Assert.Contains("EncryptedData", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("<masterKey", xml, StringComparison.Ordinal);
    }

    private static async Task AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
        Assert.NotEmpty(problem.RootElement.GetProperty("detail").GetString()!);
    }
}
