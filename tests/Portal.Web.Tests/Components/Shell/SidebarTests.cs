using Bunit;
using Portal.Platform.Accounts;
using Portal.Web.Components.Shell;

namespace Portal.Web.Tests.Components.Shell;

public sealed class SidebarTests : ComponentTest
{
    [Theory]
    [InlineData(Role.User, false)]
    [InlineData(Role.Support, false)]
    [InlineData(Role.Admin, true)]
    public void Navigation_ByRole_ShowsAdminToAdminsOnly(Role role, bool shown)
    {
        var sidebar = Render("/vaultboxes", role);

        Assert.Equal(shown, sidebar.FindAll("a[href='/admin/processing-log']").Count == 1);
    }

    [Theory]
    [InlineData(Role.User, false)]
    [InlineData(Role.Support, true)]
    [InlineData(Role.Admin, true)]
    public void Navigation_ByRole_ShowsSupportToStaff(Role role, bool shown)
    {
        var sidebar = Render("/vaultboxes", role);

        Assert.Equal(shown, sidebar.FindAll("a[href='/support']").Count == 1);
    }

    [Theory]
    [InlineData("/vaultboxes", "/vaultboxes")]
    [InlineData("/vaultboxes/7d3a4c1e-0000-4000-8000-000000000001", "/vaultboxes")]
    [InlineData("/mail", "/mail")]
    [InlineData("/mailing", null)]
    public void Navigation_CurrentPath_IsMarkedForEveryone(string path, string? marked)
    {
        var sidebar = Render(path, Role.User);

        Assert.Equal(marked, sidebar.FindAll("a[aria-current=page]").SingleOrDefault()?.GetAttribute("href"));
    }

    [Fact]
    public void SignOut_IsAPostWithAToken()
    {
        var form = Render("/mail", Role.User).Find("form");

        Assert.Equal(("post", "/account/sign-out"), (form.GetAttribute("method"), form.GetAttribute("action")));
    }

    [Theory]
    [InlineData("mara.lindqvist@vault.test", "ML")]
    [InlineData("ines@example.org", "I")]
    [InlineData("", "?")]
    public void Initials_OfAnAddress_AreOneOrTwoLetters(string email, string initials)
    {
        Assert.Equal(initials, new SessionUser(email, Role.User).Initials);
    }

    private IRenderedComponent<Sidebar> Render(string path, Role role) => Render<Sidebar>(p => p
        .Add(s => s.User, new SessionUser("mara@vault.test", role)).Add(s => s.CurrentPath, path).Add(s => s.Host, "localhost"));
}
