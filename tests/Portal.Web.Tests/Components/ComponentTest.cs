using System.Globalization;
using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Support;
using Portal.Web.Components.Shared;
using Portal.Web.Components.Shared.Toasts;
using Portal.Web.Identity;

namespace Portal.Web.Tests.Components;

/// <summary>A signed-in user's circuit without a browser: time stands until a test moves it.</summary>
public abstract class ComponentTest : BunitContext, IAsyncLifetime
{
    protected static readonly Guid UserId = Guid.Parse("7d3a4c1e-0000-4000-8000-000000000001");

    /// <summary>The session by which the user is here, proved just now.</summary>
    protected static readonly Guid SessionId = Guid.Parse("7d3a4c1e-0000-4000-8000-000000000002");

    private readonly BunitAuthorizationContext authorization;

    /// <summary>The first query of a context compiles for seconds on a busy machine; a wait ends as soon as its condition holds.</summary>
    static ComponentTest() => DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    protected ComponentTest()
    {
        authorization = AddAuthorization();
        SignInAs("user");
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddScoped<SignedIn>();
        Services.AddScoped<Toaster>();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    protected TypingClock Time { get; } = new(new DateTimeOffset(2026, 11, 24, 10, 42, 0, TimeSpan.Zero));

    protected BunitNavigationManager Navigation => Services.GetRequiredService<BunitNavigationManager>();

    /// <summary>Asking for the renderer closes the list of services: what a derived class adds comes first.</summary>
    public virtual ValueTask InitializeAsync()
    {
        Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        return ValueTask.CompletedTask;
    }

    /// <summary>Nothing is shown but what the not-found page says.</summary>
    protected async Task IsNotFoundAsync<T>(Func<IRenderedComponent<T>> open)
        where T : IComponent
    {
        var told = new TaskCompletionSource();
        Navigation.OnNotFound += (_, _) => told.TrySetResult();
        var page = open();
        await told.Task.WaitAsync(TimeSpan.FromSeconds(30), Xunit.TestContext.Current.CancellationToken);
        Assert.Empty(page.FindAll("h1, button, form, table"));
        Assert.DoesNotContain("Secret name", page.Markup, StringComparison.Ordinal);
    }

    /// <summary>A supporter in a view of the account.</summary>
    protected SupportView View(Guid? grantId = null, SupportGrantKind kind = SupportGrantKind.Consent)
    {
        var view = new SupportView(
            grantId ?? Guid.NewGuid(), Guid.NewGuid(), kind, "Mail from the school did not arrive", "4127", Time.GetUtcNow(), Time.GetUtcNow().AddMinutes(18));
        var session = new ValidSession(SessionId, UserId, "ines@vault.test", Role.User, DateTimeOffset.MaxValue, DateTimeOffset.MinValue) { Support = view };
        authorization.SetAuthorized(session.Email).SetClaims([.. PortalPrincipal.ForSession(session).Claims]);
        return view;
    }

    /// <param name="deletionDueAt">When the account will be destroyed, if its owner asked for that.</param>
    protected void SignInAs(string role, string email = "mara.lindqvist@vault.test", DateTimeOffset? deletionDueAt = null) =>
        authorization.SetAuthorized(email).SetClaims(
        [
            new Claim(PortalPrincipal.UserIdClaim, UserId.ToString()),
            new Claim(PortalPrincipal.EmailClaim, email),
            new Claim(PortalPrincipal.RoleClaim, role),
            new Claim("scope", "*"),
            new Claim(PortalPrincipal.SessionIdClaim, SessionId.ToString()),
            new Claim(PortalPrincipal.FreshUntilClaim, Time.GetUtcNow().AddMinutes(10).ToString("O", CultureInfo.InvariantCulture)),
            .. deletionDueAt is { } due ? [new Claim("deletion_due", due.ToString("O", CultureInfo.InvariantCulture))] : Array.Empty<Claim>(),
        ]);
}
