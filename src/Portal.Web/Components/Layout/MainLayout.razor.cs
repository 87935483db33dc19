using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Platform.Support;
using Portal.Web.Components.Shell;
using Portal.Web.Identity;

namespace Portal.Web.Components.Layout;

/// <summary>The frame around every signed-in page, static or interactive alike.</summary>
public sealed partial class MainLayout
{
    private readonly NavigationManager navigation;
    private SessionUser? user;
    private SupportView? view;

    public MainLayout(NavigationManager navigation) => this.navigation = navigation;

    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    private Uri Here => new(navigation.Uri);

    private string CurrentPath => Here.AbsolutePath;

    private string Host => Here.Host;

    /// <summary>Mail scrolls inside its own panes.</summary>
    private bool Fills => CurrentPath.Equals("/mail", StringComparison.Ordinal) || CurrentPath.StartsWith("/mail/", StringComparison.Ordinal);

    protected override async Task OnParametersSetAsync()
    {
        var principal = (await Authentication).User;
        (user, view) = (SessionUser.From(principal), principal.FindView());
    }
}
