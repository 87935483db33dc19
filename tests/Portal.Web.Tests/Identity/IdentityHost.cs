using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Platform;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.Tokens;
using Portal.Testing;
using Portal.Web.Identity;

namespace Portal.Web.Tests.Identity;

/// <summary>The portal's authentication before a few endpoints, on a database of its own.</summary>
internal sealed class IdentityHost : IAsyncDisposable
{
    public const string Email = "user@example.org";

    public static readonly string Password = RandomNumberGenerator.GetHexString(32);

    private readonly WebApplication app;
    private readonly X509Certificate2 certificate;
    private readonly TaskCompletionSource lastingCallBegan = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource lastingCallMayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private IdentityHost(WebApplication app, X509Certificate2 certificate, TestDatabase database)
    {
        this.app = app;
        this.certificate = certificate;
        Database = database;
    }

    public TestDatabase Database { get; }

    public IServiceProvider Services => app.Services;

    public static async Task<IdentityHost> StartAsync(PostgresCluster cluster)
    {
        var database = await cluster.CreatePlatformAsync();
        var keys = CreateCertificate();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddPlatform(database.Service);
        builder.Services.Configure<PlatformOptions>(options => options.BcryptCost = 4);
        builder.Services.AddPortalAuthentication(keys);
        var web = builder.Build();
        web.UsePortalAuthentication();
        web.MapPortalAccount();
        MapForms(web);
        var host = new IdentityHost(web, keys, database);
        host.MapTargets();
        await web.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    /// <summary>Somebody is inside <c>/api/v1/lasting</c>.</summary>
    public Task LastingCallBegan => lastingCallBegan.Task;

    public void EndLastingCall() => lastingCallMayEnd.TrySetResult();

    public Browser OpenBrowser(string scheme = "https") => new(app.GetTestServer().CreateHandler(), new Uri($"{scheme}://localhost"));

    public async Task<Guid> AddUserAsync(Role role = Role.User, string email = Email)
    {
        var added = await Services.GetRequiredService<AddUser>()
            .HandleAsync(Actor.Operator, new AddUserRequest(email, role, Password), TestContext.Current.CancellationToken);
        return added.Value!.UserId;
    }

    /// <summary>A session as sign-in opens it.</summary>
    public async Task<Guid> OpenSessionAsync(string email = Email)
    {
        var id = Guid.NewGuid();
        await Database.ExecuteAsync(
            $"""
             INSERT INTO sessions (id, user_id, auth_method, proved_at, expires_at)
             SELECT '{id}', users.id, 'password', now(), now() + interval '1 day' FROM users WHERE email = '{email}'
             """);
        return id;
    }

    public async Task<string> IssueTokenAsync(params string[] scopes)
    {
        var issued = await Services.GetRequiredService<IssueToken>()
            .HandleAsync(Actor.Operator, new IssueTokenRequest(Email, scopes, null), TestContext.Current.CancellationToken);
        return issued.Value!.Token;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        certificate.Dispose();
        await Database.DisposeAsync();
    }

    /// <summary>Stand in for the account pages, whose forms call the same flow.</summary>
    private static void MapForms(WebApplication app)
    {
        app.MapPost("/test/sign-in", async (HttpContext http, SignInFlow flow, string email, string password, string? returnUrl) =>
            Answer(await flow.SignInAsync(http, email, password, returnUrl, http.RequestAborted))).AllowAnonymous();
        app.MapPost("/test/second-factor", async (HttpContext http, SignInFlow flow, string code, bool remember) =>
            Answer(await flow.CompleteAsync(http, code, isRecoveryCode: false, remember, http.RequestAborted))).AllowAnonymous();
        app.MapPost("/test/set-up", async (HttpContext http, SignInFlow flow, string link, string email, string password) =>
            Answer(await flow.SetUpAsync(http, link, email, password, http.RequestAborted))).AllowAnonymous();
        app.MapGet("/test/antiforgery", (HttpContext http, IAntiforgery antiforgery) =>
            antiforgery.GetAndStoreTokens(http).RequestToken).AllowAnonymous();
    }

    private void MapTargets()
    {
        app.MapGet("/api/v1/lasting", async (HttpContext http) =>
        {
            lastingCallBegan.TrySetResult();
            await lastingCallMayEnd.Task.WaitAsync(http.RequestAborted);
            return "done";
        });
        app.MapGet("/api/v1/end-me", async (HttpContext http, EndSession endSession, AccountWatch accountWatch) =>
        {
            var actor = http.User.GetActor();
            var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var watch = accountWatch.Watch(actor.SessionId, actor.UserId, () => heard.TrySetResult());
            await endSession.HandleAsync(actor, actor.SessionId!.Value, http.RequestAborted);
            await heard.Task;
            return "ended";
        });
        app.MapGet("/health/live", () => "live").AllowAnonymous();
        app.MapGet("/vaultboxes", () => "page");
        app.MapGet("/admin", () => "admin page").RequireAuthorization(PortalSchemes.AdminPolicy);
        app.MapGet("/api/v1/me", (HttpContext http) => $"{http.User.GetActor().UserId} {http.User.GetActor().Role}");
        app.MapPost("/api/v1/things", (HttpContext http) => http.User.GetActor().Allows(TokenScopes.MessagesWrite));
        app.MapGet("/api/v1/admin", () => "all").RequireAuthorization(PortalSchemes.AdminPolicy);
    }

    private static IResult Answer(Outcome<string> outcome) =>
        outcome.Succeeded ? Results.LocalRedirect(outcome.Value) : Results.Text(outcome.Failure.Code, statusCode: (int)HttpStatusCode.UnprocessableEntity);

    private static X509Certificate2 CreateCertificate()
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
