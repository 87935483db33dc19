using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.DataProtection;
using Portal.Web.Identity.Passkeys;

namespace Portal.Web.Identity;

internal static class PortalAuthentication
{
    public const string SignInPath = "/account/sign-in";
    public const string SecondFactorPath = "/account/second-factor";
    public const string SetUpPath = "/account/set-up";
    public const string SignOutPath = "/account/sign-out";
    public const string AntiforgeryHeader = "X-Vaultbox-Antiforgery";

    /// <summary>
    /// Sessions by cookie, tokens by bearer header under /api, antiforgery, and the Data Protection keys behind them. Whoever is not
    /// signed in gets nothing unless the endpoint says <see cref="AllowAnonymousAttribute"/>: static files and health must say so.
    /// </summary>
    /// <param name="keyCertificate">RSA certificate with private key, the same on every instance, to which the Data Protection keys are encrypted.</param>
    public static IServiceCollection AddPortalAuthentication(this IServiceCollection services, X509Certificate2 keyCertificate)
    {
        services.AddDataProtection().SetApplicationName("vaultbox-portal").ProtectKeysWithCertificate(keyCertificate);
        services.AddOptions<KeyManagementOptions>()
            .Configure<DataProtectionKeyRepository>((options, repository) => options.XmlRepository = repository);

        services.AddSingleton<SessionCookieEvents>();
        services.AddAuthentication(PortalSchemes.Selector)
            .AddPolicyScheme(PortalSchemes.Selector, null, options => options.ForwardDefaultSelector = Select)
            .AddCookie(PortalSchemes.Cookie, ConfigureCookie)
            .AddScheme<AuthenticationSchemeOptions, BearerTokenHandler>(PortalSchemes.Bearer, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(PortalSchemes.AdminPolicy, policy => policy.RequireRole("admin"))
            .AddPolicy(PortalSchemes.SupportPolicy, policy => policy.RequireRole("support", "admin"))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());

        services.AddHttpContextAccessor();
        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure<IHttpContextAccessor>((options, accessor) =>
        {
            options.HeaderName = AntiforgeryHeader;
            options.Cookie = new AntiforgeryCookieBuilder(accessor);
        });
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionAuthenticationStateProvider>();
        services.AddSingleton<SignInCookies>().AddSingleton<SignInFlow>();
        services.AddHostedService(provider => provider.GetRequiredService<AccountWatch>());
        return services;
    }

    /// <summary>Who asks, whether a cookie-borne write comes from our own page, and whether they may: in this order.</summary>
    /// <param name="onceKnown">What goes between the first and the second of these.</param>
    public static IApplicationBuilder UsePortalAuthentication(this IApplicationBuilder app, Action<IApplicationBuilder>? onceKnown = null)
    {
        app.UseAuthentication();
        onceKnown?.Invoke(app);
        return app
            .UseMiddleware<ViewWall>()
            .UseMiddleware<ApiAntiforgery>()
            .UseAuthorization()
            .UseMiddleware<LiveCalls>()
            .UseAntiforgery();
    }

    /// <summary>The account endpoints that are no pages: the sign-out form posts to one, the passkey script to the others.</summary>
    public static IEndpointRouteBuilder MapPortalAccount(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(SignOutPath, SignOutAsync).AllowAnonymous();
        endpoints.MapPasskeys();
        return endpoints;
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, SignInFlow flow, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
            return ApiProblem.Antiforgery;
        await flow.SignOutAsync(http, http.RequestAborted);
        return Results.LocalRedirect(SignInPath);
    }

    /// <summary>A bearer header counts under /api only, and there it is the only thing that counts.</summary>
    private static string Select(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && http.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? PortalSchemes.Bearer
            : PortalSchemes.Cookie;

    private static void ConfigureCookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "vaultbox";
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.IsEssential = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.CookieManager = new HostCookieManager();
        options.LoginPath = SignInPath;
        options.LogoutPath = SignOutPath;
        options.ReturnUrlParameter = "returnUrl";
        options.SlidingExpiration = false;
        options.EventsType = typeof(SessionCookieEvents);
    }
}
