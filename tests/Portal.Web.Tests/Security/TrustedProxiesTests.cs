using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Web.Hosting;
using Portal.Web.Security;

namespace Portal.Web.Tests.Security;

public sealed class TrustedProxiesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("10.0.0.0/8", "10.1.2.3", "https://mail.example.org 198.51.100.9")]
    [InlineData("10.1.2.3", "10.1.2.3", "https://mail.example.org 198.51.100.9")]
    [InlineData("10.0.0.0/8", "192.0.2.1", "http://inside 192.0.2.1")]
    [InlineData(null, "10.1.2.3", "http://inside 10.1.2.3")]
    [InlineData(null, "127.0.0.1", "http://inside 127.0.0.1")]
    public async Task Forwarded_ByThePeer_CountsFromTrustedProxiesAlone(string? trusted, string peer, string seen)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.Configure<PortalOptions>(options => options.TrustedProxies = trusted is null ? [] : [trusted]);
        builder.Services.AddTrustedProxies();
        await using var app = builder.Build();
        app.UseTrustedProxies();
        app.Run(http => http.Response.WriteAsync($"{http.Request.Scheme}://{http.Request.Host} {http.Connection.RemoteIpAddress}"));
        await app.StartAsync(Cancel);

        var answer = await app.GetTestServer().SendAsync(
            http =>
            {
                http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
                (http.Request.Scheme, http.Request.Host, http.Request.Path) = ("http", new HostString("inside"), "/");
                http.Request.Headers["X-Forwarded-For"] = "198.51.100.9";
                http.Request.Headers["X-Forwarded-Proto"] = "https";
                http.Request.Headers["X-Forwarded-Host"] = "mail.example.org";
            },
            Cancel);

        using var reader = new StreamReader(answer.Response.Body);
        Assert.Equal(seen, await reader.ReadToEndAsync(Cancel));
    }

    [Fact]
    public void Validate_AProxyThatIsNoAddress_NamesTheKey()
    {
        var result = new PortalOptionsValidator().Validate(null, new PortalOptions { TrustedProxies = ["10.0.0.0/8", "proxy.example.org"] });

        Assert.Contains("Portal:TrustedProxies", Assert.Single(result.Failures!), StringComparison.Ordinal);
    }
}
