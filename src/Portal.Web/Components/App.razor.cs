using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Portal.Web.Identity;

namespace Portal.Web.Components;

/// <summary>
/// Account pages and the mail page opt out of interactive routing: they are rendered once and load no circuit, so that account pages
/// work without JavaScript and reading goes on while the circuit is lost.
/// </summary>
public sealed partial class App : ComponentBase
{
    private const string SealIcon =
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Crect width='24' height='24' rx='6' fill='%230B6276'/%3E"
        + "%3Cpath d='M6.5 7.5 12 13m5.5-5.5L12 13m0 0v3' fill='none' stroke='%23fff' stroke-width='2.4' stroke-linecap='round'/%3E"
        + "%3Ccircle cx='12' cy='15.4' r='2.4' fill='%23fff'/%3E%3C/svg%3E";

    private readonly IAntiforgery antiforgery;
    private string? antiforgeryToken;
    private string? account;
    private bool isStatic;

    /// <summary>In a support view no code of the vault is loaded: there is nothing to open, and no key is asked for.</summary>
    private bool isViewed;

    public App(IAntiforgery antiforgery) => this.antiforgery = antiforgery;

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    private InteractiveServerRenderMode? Mode => isStatic ? null : RenderMode.InteractiveServer;

    protected override void OnInitialized()
    {
        isStatic = !HttpContext.AcceptsInteractiveRouting();
        antiforgeryToken = antiforgery.GetAndStoreTokens(HttpContext).RequestToken;
        isViewed = HttpContext.User.FindView() is not null;
        account = HttpContext.User.FindActor()?.UserId.ToString();
    }
}
