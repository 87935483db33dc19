using Bunit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts.SetUp;
using Portal.Testing;
using Portal.Web.Components.Account;
using Portal.Web.Identity;

namespace Portal.Web.Tests.Components.Account;

public sealed class AccountPagesTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    private readonly DefaultHttpContext http = new() { Request = { Method = HttpMethods.Post } };

    public override async ValueTask InitializeAsync()
    {
        Services.AddSingleton<SignInCookies>().AddSingleton<SignInFlow>();
        Services.AddCascadingValue(_ => (HttpContext)http);
        await base.InitializeAsync();
    }

    [Fact]
    public void SetUp_UnknownLink_SaysHowToGetANewOne()
    {
        var page = Render<SetUpPage>(p => p.Add(s => s.Token, "not-a-token"));

        page.WaitForAssertion(() => Assert.Contains("Run ./portal up for a new link.", page.Find(".vb-lead").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task SetUp_GoodLink_ShowsFormRulesAndWhatTheServerChecked()
    {
        var page = await OpenSetUpAsync();

        Assert.Contains("15 characters or more", page.Find("#password-hint").TextContent, StringComparison.Ordinal);
        Assert.Equal("password-hint", page.Find("#password").GetAttribute("aria-describedby"));
        page.WaitForAssertion(() => Assert.Equal(
            ["Two databases, kept apart", "Receiving mail", "Receipt key made", "TLS certificate is self-signed"],
            page.FindAll(".vb-facts li > div > :first-child").Select(fact => fact.TextContent)));
        Assert.Equal("First account", page.Find("[aria-current=step]").TextContent);
    }

    [Fact]
    public async Task SetUp_NothingTyped_SaysSoAtTheField()
    {
        var page = await OpenSetUpAsync();

        await page.Find("form").SubmitAsync();

        page.WaitForElement("#email-error");
        Assert.Equal("true", page.Find("#email").GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task SignIn_WrongPassword_ShowsTheOneTextAndNoPassword()
    {
        var page = Render<SignInPage>();

        await page.Find("form").SubmitAsync();

        var alert = page.WaitForElement("#sign-in-failure");
        Assert.Equal("That didn’t match. Check the address and the password, then try again.", alert.TextContent.Trim());
        Assert.Null(page.Find("#password").GetAttribute("value"));
    }

    [Fact]
    public void DomainSetUp_NotAnAdmin_LooksAsIfItWereNotThere()
    {
        var notFound = false;
        Navigation.OnNotFound += (_, _) => notFound = true;

        var page = Render<DomainSetUpPage>();

        page.WaitForAssertion(() => Assert.True(notFound));
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public void DomainSetUp_Admin_IsToldThatDnsIsNotChecked()
    {
        SignInAs("admin");

        var page = Render<DomainSetUpPage>();

        Assert.Contains("This version does not check DNS.", page.WaitForElement(".vb-alert-info").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("a[href='/vaultboxes/new']"));
    }

    private async Task<IRenderedComponent<SetUpPage>> OpenSetUpAsync()
    {
        var link = await Services.GetRequiredService<IssueSetupLink>().HandleAsync(Cancel);
        var page = Render<SetUpPage>(p => p.Add(s => s.Token, link.Value!.Token));
        page.WaitForElement("form");
        return page;
    }
}
