using System.Net;
using Portal.Testing;

namespace Portal.Web.Tests.Published;

public sealed class PublishedPortalTests(PostgresCluster cluster)
{
    [Fact]
    public async Task Up_PublishedOutputAsAnOrdinaryAccount_IsLiveAndReadyAndStopsCleanly()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var platform = await cluster.CreatePlatformAsync();
        await using var vault = await cluster.CreateVaultAsync();
        await using var portal = await PublishedPortal.StartAsync(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Portal__Platform__ConnectionString"] = platform.Service,
                ["Portal__Vault__ConnectionString"] = vault.Service,
                ["Portal__Platform__AuthConnectionString"] = platform.Auth,
                ["Portal__Vault__AuthConnectionString"] = vault.Auth,
            },
            cancellation);

        var printed = await portal.ReadUntilAsync("/account/", cancellation);

        Assert.Contains(portal.Address.ToString().TrimEnd('/'), printed, StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = portal.Address };
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, "/health/live"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, "/health/ready"));
        Assert.Equal(0, await portal.StopAsync(cancellation));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
