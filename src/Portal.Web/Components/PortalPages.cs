using MudBlazor.Services;
using Portal.Web.Components.Account;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components;

internal static class PortalPages
{
    internal static IServiceCollection AddPortalPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.AddScoped<SignedIn>();
        services.AddSingleton<ServerChecks>();
        return services;
    }

    internal static void MapPortalPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
