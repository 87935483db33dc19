using System.Net;
using System.Text.Json;
using Portal.Testing;

namespace Portal.Web.Tests.Identity.Passkeys;

public sealed class PasskeyEndpointsTests(PostgresCluster cluster) : IdentityTest(cluster)
{
    private const string StateCookie = "__Host-vaultbox-passkey";

    private readonly SoftwareAuthenticator authenticator = new("https://localhost");

    [Fact]
    public async Task Passkey_MadeInASession_SignsInElsewhereWithoutAName()
    {
        using var first = await EnrolledAsync();
        using var second = Host.OpenBrowser();
        var options = await OfferAsync(second, "/account/passkeys/request-options", new { purpose = "sign-in" });

        var answered = await second.PostJsonAsync(
            "/account/passkeys/sign-in", Answer(authenticator.Get(options), new { returnUrl = "/vaultboxes" }), await second.AntiforgeryTokenAsync());

        Assert.Equal("/vaultboxes", (await JsonAsync(answered)).GetProperty("redirect").GetString());
        Assert.Equal(HttpStatusCode.OK, (await second.GetAsync("/api/v1/me")).StatusCode);
        Assert.Equal("passkey", await Host.Database.ScalarAsync<string>("SELECT auth_method FROM sessions ORDER BY created_at DESC LIMIT 1"));
    }

    [Fact]
    public async Task SignIn_WithAReturnAddressElsewhere_StaysHere()
    {
        using var first = await EnrolledAsync();
        using var second = Host.OpenBrowser();
        var options = await OfferAsync(second, "/account/passkeys/request-options", new { purpose = "sign-in" });

        var answered = await second.PostJsonAsync(
            "/account/passkeys/sign-in", Answer(authenticator.Get(options), new { returnUrl = "https://evil.example/" }), await second.AntiforgeryTokenAsync());

        Assert.Equal("/start", (await JsonAsync(answered)).GetProperty("redirect").GetString());
    }

    [Fact]
    public async Task Offer_Always_KeepsItsStateInACookieThatOnlyOurPagesSend()
    {
        using var browser = Host.OpenBrowser();
        await OfferAsync(browser, "/account/passkeys/request-options", new { purpose = "sign-in" });

        var cookie = browser.Cookies[StateCookie];

        Assert.True(cookie.HttpOnly && cookie.Secure);
        Assert.Equal((Microsoft.Net.Http.Headers.SameSiteMode.Strict, "/"), (cookie.SameSite, cookie.Path.ToString()));
        Assert.InRange(cookie.Expires!.Value, TimeProvider.System.GetUtcNow().AddMinutes(4), TimeProvider.System.GetUtcNow().AddMinutes(5));
    }

    [Fact]
    public async Task Answer_Refused_TakesTheStateAway()
    {
        using var browser = Host.OpenBrowser();
        await OfferAsync(browser, "/account/passkeys/request-options", new { purpose = "sign-in" });

        var refused = await browser.PostJsonAsync("/account/passkeys/sign-in", new { credential = new { } }, await browser.AntiforgeryTokenAsync());

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "passkey_refused"), (refused.StatusCode, await CodeAsync(refused)));
        Assert.DoesNotContain(StateCookie, browser.Cookies.Keys);
    }

    [Fact]
    public async Task Confirm_WithAnOldProof_MakesTheNextCallFresh()
    {
        using var browser = await EnrolledAsync();
        await MakeStaleAsync();
        var stale = await browser.PostJsonAsync("/account/passkeys/creation-options", new { }, await browser.AntiforgeryTokenAsync());
        Assert.Equal((HttpStatusCode.Forbidden, "step_up_required"), (stale.StatusCode, await CodeAsync(stale)));
        var options = await OfferAsync(browser, "/account/passkeys/request-options", new { purpose = "confirm" });

        var confirmed = await browser.PostJsonAsync(
            "/account/passkeys/confirm", Answer(authenticator.Get(options), new { }), await browser.AntiforgeryTokenAsync());

        Assert.Equal(HttpStatusCode.NoContent, confirmed.StatusCode);
        await OfferAsync(browser, "/account/passkeys/creation-options", new { });
    }

    [Theory]
    [InlineData("creation-options")]
    [InlineData("")]
    [InlineData("request-options")]
    [InlineData("sign-in")]
    [InlineData("confirm")]
    public async Task Post_WithoutTheAntiforgeryHeader_IsRefused(string path)
    {
        using var browser = await EnrolledAsync();

        var refused = await browser.PostJsonAsync($"/account/passkeys/{path}", new { credential = new { } }, null);

        Assert.Equal((HttpStatusCode.BadRequest, "antiforgery"), (refused.StatusCode, await CodeAsync(refused)));
    }

    [Theory]
    [InlineData("creation-options", HttpStatusCode.Redirect)]
    [InlineData("", HttpStatusCode.Unauthorized)]
    [InlineData("confirm", HttpStatusCode.Unauthorized)]
    public async Task Post_ByAStranger_AsksToSignIn(string path, HttpStatusCode status)
    {
        using var browser = Host.OpenBrowser();

        var answer = await browser.PostJsonAsync($"/account/passkeys/{path}", new { credential = new { } }, await browser.AntiforgeryTokenAsync());

        Assert.Equal(status, answer.StatusCode);
        Assert.DoesNotContain(StateCookie, browser.Cookies.Keys);
    }

    /// <summary>A browser that is signed in by password and has made a passkey.</summary>
    private async Task<Browser> EnrolledAsync()
    {
        await Host.AddUserAsync();
        var browser = Host.OpenBrowser();
        await browser.SignInAsync();
        var options = await OfferAsync(browser, "/account/passkeys/creation-options", new { });
        var made = await browser.PostJsonAsync("/account/passkeys", Answer(authenticator.Create(options), new { name = "Laptop" }), await browser.AntiforgeryTokenAsync());
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var body = await JsonAsync(made);
        Assert.Equal(("Laptop", 10), (body.GetProperty("name").GetString(), body.GetProperty("recoveryCodes").GetArrayLength()));
        return browser;
    }

    private static async Task<string> OfferAsync(Browser browser, string path, object body)
    {
        var offer = await browser.PostJsonAsync(path, body, await browser.AntiforgeryTokenAsync());
        Assert.Equal(HttpStatusCode.OK, offer.StatusCode);
        Assert.True(offer.Headers.CacheControl?.NoStore);
        return await offer.Content.ReadAsStringAsync(Cancel);
    }

    private static Dictionary<string, object?> Answer(string credential, object rest)
    {
        var body = JsonSerializer.SerializeToElement(rest).EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value, StringComparer.Ordinal);
        body["credential"] = JsonSerializer.Deserialize<JsonElement>(credential);
        return body;
    }

    /// <summary>As eleven minutes would; the cache of checked sessions is told.</summary>
    private async Task MakeStaleAsync()
    {
        await Host.Database.ExecuteAsync("UPDATE sessions SET proved_at = proved_at - interval '11 minutes'");
        var id = await Host.Database.ScalarAsync<Guid>("SELECT id FROM sessions");
        ((Platform.Accounts.Sessions.AccountCache)Host.Services.GetService(typeof(Platform.Accounts.Sessions.AccountCache))!).Drop(id);
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        return document.RootElement.Clone();
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage response) => (await JsonAsync(response)).GetProperty("code").GetString();
}
