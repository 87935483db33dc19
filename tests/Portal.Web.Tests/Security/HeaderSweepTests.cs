using System.Net;
using Portal.Platform.Accounts;
using Portal.Web.Tests.Authorisation;

namespace Portal.Web.Tests.Security;

/// <summary>Every answer of the real portal bears the security headers, whatever it is an answer to.</summary>
[Collection(nameof(AuthorisationCollection))]
public sealed class HeaderSweepTests(AuthorisationWorld world)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Every endpoint and page of the table, asked once by a stranger and once by an admin: 200, 302, 400, 401 and 404 are among the answers.</summary>
    [Fact]
    public async Task Answer_OfEveryEndpoint_HasAllHeaders()
    {
        var admin = world.CredentialOf(await world.AddAccountAsync(Role.Admin));
        var seen = new HashSet<HttpStatusCode>();
        foreach (var row in AuthorisationTable.All.Where(row => row.Key.Contains('/', StringComparison.Ordinal) && !row.Key.EndsWith("sign-out", StringComparison.Ordinal)))
        {
            foreach (var cookies in new[] { null, admin.Cookies })
            {
                using var response = await AskAsync(row.Key.Split(' ')[0], RouteParameter.Fill(row.Key.Split(' ')[1], $"{Guid.NewGuid()}"), cookies);
                seen.Add(response.StatusCode);
                AssertHeaders(response);
            }
        }

        HttpStatusCode[] expected = [HttpStatusCode.OK, HttpStatusCode.Found, HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.NotFound];
        Assert.Superset(expected.ToHashSet(), seen);
    }

    [Theory]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/_content/MudBlazor/MudBlazor.min.css")]
    [InlineData("/nothing-here")]
    [InlineData("/_blazor/initializers/")]
    public async Task Answer_OfFilesAndNothing_HasAllHeaders(string path)
    {
        using var response = await AskAsync("GET", path, null);

        AssertHeaders(response);
    }

    internal static void AssertHeaders(HttpResponseMessage response)
    {
        var what = $"{response.RequestMessage!.RequestUri} {(int)response.StatusCode}";
        Assert.True(response.Headers.TryGetValues("Content-Security-Policy", out var policy), what);
        Assert.Contains("frame-ancestors", Assert.Single(policy), StringComparison.Ordinal);
        Assert.Equal(["nosniff"], Values(response, "X-Content-Type-Options"));
        Assert.Equal(["no-referrer"], Values(response, "Referrer-Policy"));
        Assert.Equal(["same-origin"], Values(response, "Cross-Origin-Opener-Policy"));
        Assert.Equal(["same-origin"], Values(response, "Cross-Origin-Resource-Policy"));
        Assert.Contains("camera=()", Assert.Single(Values(response, "Permissions-Policy")), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Server"), what);
        Assert.False(response.Headers.Contains("X-Powered-By"), what);
    }

    private static IEnumerable<string> Values(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values : [];

    private async Task<HttpResponseMessage> AskAsync(string method, string path, string? cookies)
    {
        using var request = new HttpRequestMessage(method is "page" or "ANY" ? HttpMethod.Get : new HttpMethod(method), path);
        if (cookies is not null)
            request.Headers.Add("Cookie", cookies);
        // What takes a form says 405 or 400 to this; that is an answer too.
        return await world.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
    }
}
