using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Portal.Web.Security;

namespace Portal.Web.Tests.Security;

public sealed class SecurityHeadersTests : IDisposable
{
    private readonly DirectoryInfo webRoot = Directory.CreateTempSubdirectory("portal-headers-");

    public SecurityHeadersTests() => webRoot.CreateSubdirectory("vault");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => webRoot.Delete(recursive: true);

    [Fact]
    public async Task Answer_AnyPage_HasThePolicyAndNoWayOut()
    {
        var headers = (await AskAsync("/vaultboxes")).Headers;

        var policy = headers.ContentSecurityPolicy.ToString();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self' 'wasm-unsafe-eval';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval'", policy.Replace("'wasm-unsafe-eval'", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("report", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", headers.XContentTypeOptions.ToString());
        Assert.Equal("no-referrer", headers["Referrer-Policy"].ToString());
        Assert.Equal("same-origin", headers["Cross-Origin-Opener-Policy"].ToString());
        Assert.Equal("same-origin", headers["Cross-Origin-Resource-Policy"].ToString());
        Assert.Contains("camera=()", headers["Permissions-Policy"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_MailFrame_HasThePolicyOfTheBuild()
    {
        await File.WriteAllTextAsync(Path.Combine(webRoot.FullName, "vault", "frame.csp"), "default-src 'none'; sandbox allow-scripts\n", Cancel);

        var response = await AskAsync(MailFrame.Path);

        Assert.Equal("default-src 'none'; sandbox allow-scripts", response.Headers.ContentSecurityPolicy.ToString());
        Assert.Equal(StatusCodes.Status200OK, response.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("default-src 'self'")]
    public async Task Answer_MailFrameWithoutASandboxPolicy_IsNotServed(string? policy)
    {
        if (policy is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(webRoot.FullName, "vault", "frame.csp"), policy, Cancel);
        }

        var response = await AskAsync("/vault/FRAME.html");

        Assert.Equal(StatusCodes.Status404NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("https", "mail.example.org", true)]
    [InlineData("http", "mail.example.org", false)]
    [InlineData("https", "localhost", false)]
    [InlineData("https", "127.0.0.1", false)]
    public async Task Answer_TransportSecurity_IsForHttpsOnRealNamesOnly(string scheme, string host, bool sent)
    {
        var headers = (await AskAsync("/", scheme, host)).Headers;

        Assert.Equal(sent, headers.StrictTransportSecurity.Count == 1);
    }

    private async Task<HttpResponse> AskAsync(string path, string scheme = "https", string host = "mail.example.org")
    {
        using var files = new PhysicalFileProvider(webRoot.FullName);
        var app = new ApplicationBuilder(new NoServices());
        app.UsePortalSecurityHeaders(files);
        app.Run(_ => Task.CompletedTask);
        var context = new DefaultHttpContext { Request = { Path = path, Scheme = scheme, Host = new HostString(host) } };
        await app.Build()(context);
        return context.Response;
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
