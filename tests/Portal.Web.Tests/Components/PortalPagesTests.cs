using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Platform;
using Portal.Vault;
using Portal.Vault.Notices;
using Portal.Web.Components;
using Portal.Web.Identity;
using Portal.Web.Security;

namespace Portal.Web.Tests.Components;

/// <summary>What the pages' part of the pipeline answers when nothing else does.</summary>
public sealed class PortalPagesTests : IAsyncLifetime
{
    private WebApplication app = null!;
    private HttpClient client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(App).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddPortalPages();
        // Nothing listens there: the bell has no number, nobody is said to look, and the shell stands.
        builder.Services.AddPooledDbContextFactory<VaultContext>(options => options.UseNpgsql("Host=127.0.0.1;Port=1"));
        builder.Services.AddSingleton<CountUnreadNotices>();
        builder.Services.AddPlatform("Host=127.0.0.1;Port=1");
        builder.Services.AddProblemDetails();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddAuthentication("everyone").AddScheme<AuthenticationSchemeOptions, SignsEveryoneIn>("everyone", null);
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        app = builder.Build();
        app.UsePortalPages();
        app.UseAuthentication().UseAuthorization().UseAntiforgery();
        app.MapGet("/fails", Fail);
        app.MapGet("/api/fails", Fail);
        app.MapPortalPages();
        await app.StartAsync(Cancel);
        client = app.GetTestClient();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    [Theory]
    [InlineData("/nothing-here")]
    [InlineData("/vaultboxes/no-id")]
    [InlineData("/theme/missing.css")]
    public async Task Get_UnknownAddress_IsTheNotFoundPageInTheShell(string path)
    {
        var response = await client.GetAsync(path, Cancel);

        var body = await response.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("There is nothing at this address.", body, StringComparison.Ordinal);
        Assert.Contains("vb-sidebar", body, StringComparison.Ordinal);
        Assert.Equal([SecurityHeaders.PortalPolicy], response.Headers.GetValues("Content-Security-Policy"));
    }

    [Fact]
    public async Task Get_PageThatFails_IsTheErrorPageWithAReferenceAndNothingOfTheCause()
    {
        var response = await client.GetAsync("/fails", Cancel);

        var body = await response.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("This page could not be shown", body, StringComparison.Ordinal);
        Assert.Matches("Reference <code[^>]*>[^<]+</code>", body);
        Assert.DoesNotContain("secret cause", body, StringComparison.Ordinal);
        Assert.Equal([SecurityHeaders.PortalPolicy], response.Headers.GetValues("Content-Security-Policy"));
    }

    [Theory]
    [InlineData("/api/fails", HttpStatusCode.InternalServerError, "application/problem+json")]
    [InlineData("/api/nothing", HttpStatusCode.NotFound, "application/problem+json")]
    public async Task Get_UnderApi_IsForPrograms(string path, HttpStatusCode status, string type)
    {
        var response = await client.GetAsync(path, Cancel);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("secret cause", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static string Fail() => throw new InvalidOperationException("secret cause");

    private sealed class SignsEveryoneIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var identity = new ClaimsIdentity(
                [
                    new Claim(PortalPrincipal.UserIdClaim, Guid.NewGuid().ToString()),
                    new Claim(PortalPrincipal.EmailClaim, "mara@vault.test"),
                    new Claim(PortalPrincipal.RoleClaim, "user"),
                ],
                Scheme.Name);
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
        }
    }
}
