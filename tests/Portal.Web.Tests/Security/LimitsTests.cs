using System.Net;
using Microsoft.Extensions.Options;
using Portal.Platform.Accounts;
using Portal.Testing;
using Portal.Web.Security;
using Portal.Web.Tests.Authorisation;

namespace Portal.Web.Tests.Security;

/// <summary>The real portal with room for three anonymous requests.</summary>
public sealed class LimitsTests(PostgresCluster cluster) : IAsyncLifetime
{
    private readonly AuthorisationWorld world = new(cluster)
    {
        Extra = { ["Portal:Limits:AnonymousBurstPerAddress"] = "3", ["Portal:Limits:AnonymousPerAddressPerMinute"] = "1" },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => world.InitializeAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("/account/sign-in", "text/plain")]
    [InlineData("/openapi/v1.json", "text/plain")]
    [InlineData("/api/v1/me", "application/problem+json")]
    public async Task Get_BeyondTheBurst_Is429WithRetryAfterAndAllHeaders(string path, string type)
    {
        for (var i = 0; i < 3; i++)
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await GetAsync(path)).StatusCode);

        var refused = await GetAsync(path);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0, 1, 61);
        Assert.Equal(type, refused.Content.Headers.ContentType?.MediaType);
        HeaderSweepTests.AssertHeaders(refused);
    }

    [Fact]
    public async Task Get_BeyondTheBurst_StaticFilesHealthAndSignedInPeopleGoOn()
    {
        for (var i = 0; i < 4; i++)
            await GetAsync("/account/sign-in");
        using var asPerson = new HttpRequestMessage(HttpMethod.Get, "/account");
        asPerson.Headers.Add("Cookie", world.CredentialOf(await world.AddAccountAsync(Role.User)).Cookies);

        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/_framework/blazor.web.js")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await world.Http.SendAsync(asPerson, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await GetAsync("/account/sign-in")).StatusCode);
    }

    [Theory]
    [InlineData("192.0.2.77", 32, 64, "192.0.2.77/32")]
    [InlineData("192.0.2.77", 24, 48, "192.0.2.0/24")]
    [InlineData("::ffff:192.0.2.77", 24, 48, "192.0.2.0/24")]
    [InlineData("2001:db8:1:2:3:4:5:6", 32, 64, "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:3:4:5:6", 24, 48, "2001:db8:1::/48")]
    public void NetworkOf_AnAddress_IsWhatOneHolderHas(string address, int bits4, int bits6, string network) =>
        Assert.Equal(network, AnonymousLimiter.NetworkOf(IPAddress.Parse(address), bits4, bits6));

    [Fact]
    public void Validate_EveryLimitAtNothing_NamesEachKey()
    {
        var faults = new LimitOptionsValidator().Validate(null, new LimitOptions
        {
            AnonymousBurstPerAddress = 0, AnonymousPerAddressPerMinute = 0, AnonymousBurstPerNetwork = 0, AnonymousPerNetworkPerMinute = 0,
        });

        Assert.Equal(4, faults.Failures?.Count(fault => fault.StartsWith("Portal:Limits:Anonymous", StringComparison.Ordinal)));
        Assert.Equal(ValidateOptionsResult.Success, new LimitOptionsValidator().Validate(null, new LimitOptions()));
    }

    private Task<HttpResponseMessage> GetAsync(string path) => world.Http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
}
