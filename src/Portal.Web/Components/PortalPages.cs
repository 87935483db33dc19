using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using MudBlazor.Services;
using Portal.Web.Api;
using Portal.Web.Components.Account;
using Portal.Web.Components.Aliases;
using Portal.Web.Components.Credentials;
using Portal.Web.Components.Keys;
using Portal.Web.Components.Notices;
using Portal.Web.Components.Shared;
using Portal.Web.Components.Shared.Toasts;
using Portal.Web.Components.Support;
using Portal.Web.Components.Vaultboxes;
using Portal.Web.Security;

namespace Portal.Web.Components;

internal static class PortalPages
{
    /// <summary>Octets of one message of a circuit: the largest text box (<see cref="PasteDialog.MostCharacters"/>), four octets a character, and what is around it.</summary>
    private const int LargestMessageBytes = (4 * PasteDialog.MostCharacters) + (32 * 1024);

    internal static IServiceCollection AddPortalPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub => hub.MaximumReceiveMessageSize = LargestMessageBytes);
        services.AddMudServices();
        services.AddScoped<SignedIn>().AddScoped<OpenViews>();
        services.AddScoped<Toaster>();
        services.AddSingleton<ServerChecks>();
        services.AddScoped<DeviceCredentials>().AddScoped<SenderCredentials>().AddScoped<KeyActs>().AddScoped<AliasActs>().AddScoped<UnreadNotices>().AddScoped<VaultboxActs>();
        return services;
    }

    /// <summary>
    /// Goes before everything that may fail: headers, then for pages the error page with a reference and the not-found page; programs
    /// under /api get problem+json. The two pages are not put into a branch of the pipeline: a branch cannot route to them.
    /// </summary>
    internal static void UsePortalPages(this WebApplication app)
    {
        app.UsePortalSecurityHeaders(app.Environment.WebRootFileProvider);
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseWhen(IsForPrograms, programs =>
        {
            programs.UseExceptionHandler();
            programs.Use((context, next) =>
            {
                context.Features.GetRequiredFeature<IStatusCodePagesFeature>().Enabled = false;
                return next(context);
            });
            programs.UseBareProblems();
        });
    }

    internal static void MapPortalPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        // The policy of every page already says who may frame it.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
    }

    private static bool IsForPrograms(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
}
