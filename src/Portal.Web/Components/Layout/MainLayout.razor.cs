using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Web.Components.Shell;

namespace Portal.Web.Components.Layout;

/// <summary>The frame around every signed-in page, static or interactive alike.</summary>
public sealed partial class MainLayout
{
    private readonly NavigationManager navigation;
    private SessionUser? user;

    public MainLayout(NavigationManager navigation) => this.navigation = navigation;

    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    private Uri Here => new(navigation.Uri);

    private string CurrentPath => Here.AbsolutePath;

    private string Host => Here.Host;

    /// <summary>Mail scrolls inside its own panes.</summary>
    private bool Fills => CurrentPath.Equals("/mail", StringComparison.Ordinal) || CurrentPath.StartsWith("/mail/", StringComparison.Ordinal);

    protected override async Task OnParametersSetAsync() => user = SessionUser.From((await Authentication).User);
}
