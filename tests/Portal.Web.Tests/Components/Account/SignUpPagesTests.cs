using System.Net;
using Bunit;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SignUp;
using Portal.Testing;
using Portal.Web.Components.Account;
using Portal.Web.Components.Admin;
using Portal.Web.Identity;

namespace Portal.Web.Tests.Components.Account;

public sealed class SignUpPagesTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    private readonly DefaultHttpContext http = new() { Request = { Method = HttpMethods.Get }, Connection = { RemoteIpAddress = IPAddress.Loopback } };

    public override async ValueTask InitializeAsync()
    {
        Services.AddSingleton<SignInCookies>().AddSingleton<SignInFlow>();
        Services.AddCascadingValue(_ => (HttpContext)http);
        await base.InitializeAsync();
    }

    [Theory]
    [InlineData(SignUpMode.Open, 1)]
    [InlineData(SignUpMode.InviteOnly, 0)]
    [InlineData(SignUpMode.Off, 0)]
    public void SignUp_ByMode_ShowsTheFormOrWhoMakesAccounts(SignUpMode mode, int forms)
    {
        Set(mode);

        var page = Render<SignUpPage>();

        Assert.Equal(forms, page.FindAll("form").Count);
        Assert.Equal(forms == 0, page.Markup.Contains("Ask there for an invitation", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SignUpMode.Open, 3)]
    [InlineData(SignUpMode.InviteOnly, 1)]
    public void SignInLinks_ByMode_LeadWhereOneMayGo(SignUpMode mode, int links)
    {
        Set(mode);

        Assert.Equal(links, Render<SignInLinks>().FindAll("a").Count);
    }

    [Fact]
    public async Task SignUp_WithNothingTyped_SaysSoAtTheField()
    {
        Set(SignUpMode.Open);
        var page = Render<SignUpPage>();

        await page.Find("form").SubmitAsync();

        Assert.Equal("true", page.WaitForElement("#email[aria-invalid]").GetAttribute("aria-invalid"));
        Assert.Contains("15 characters or more", page.Find("#password-hint").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(VerifyPage))]
    [InlineData(typeof(InvitePage))]
    [InlineData(typeof(ResetPage))]
    [InlineData(typeof(ChangeEmailPage))]
    public void LinkPages_UnknownLink_ShowNoFormAndTheWayOn(Type type)
    {
        var page = Render(builder =>
        {
            builder.OpenComponent(0, type);
            builder.AddComponentParameter(1, "Token", "not-a-token");
            builder.CloseComponent();
        });

        page.WaitForAssertion(() => Assert.Equal("This link has ended", page.Find("h1").TextContent));
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task Invite_GoodLink_ShowsItsAddressThatCannotBeChanged()
    {
        var invite = await Services.GetRequiredService<CreateInvite>()
            .HandleAsync(Actor.Operator, new CreateInviteRequest("ines@example.org", Role.User), Cancel);

        var page = Render<InvitePage>(p => p.Add(i => i.Token, invite.Value!.Link.Segments[^1]));

        var email = page.WaitForElement("#email");
        Assert.Equal(("ines@example.org", true, null), (email.GetAttribute("value"), email.HasAttribute("readonly"), email.GetAttribute("name")));
    }

    [Fact]
    public void Forgot_SaysThatItOpensNoMail() =>
        Assert.Equal("Resets sign-in. Your mail still needs your passphrase or kit.", Render<ForgotPage>().Find(".vb-lead").TextContent);

    [Fact]
    public void Invites_NotAnAdmin_LooksAsIfItWereNotThere()
    {
        var notFound = false;
        Navigation.OnNotFound += (_, _) => notFound = true;

        var page = Render<InvitesPage>();

        page.WaitForAssertion(() => Assert.True(notFound));
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task Invites_Admin_SeesEmptyStateThenTheListAndTakesOneBack()
    {
        SignInAs("admin");
        Assert.Contains("No invitation yet.", Render<InvitesPage>().WaitForElement(".vb-empty").TextContent, StringComparison.Ordinal);
        await Services.GetRequiredService<CreateInvite>().HandleAsync(Actor.Operator, new CreateInviteRequest("ines@example.org", Role.User), Cancel);
        var page = Render<InvitesPage>();
        Assert.Contains("Waiting", page.WaitForElement("tbody tr").TextContent, StringComparison.Ordinal);

        await page.Find("tbody form").SubmitAsync();

        page.WaitForAssertion(() => Assert.EndsWith("/admin/invites?revoked=yes", Navigation.Uri, StringComparison.Ordinal));
        Assert.Contains("Taken back", Render<InvitesPage>().WaitForElement("tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmailSection_PendingChange_IsShownAndCanBeCancelled()
    {
        await using (var context = await Services.GetRequiredService<IDbContextFactory<PlatformContext>>().CreateDbContextAsync(Cancel))
        {
            context.Add(new User { Id = UserId, Email = "mara@example.org", EmailConfirmed = true });
            await context.SaveChangesAsync(Cancel);
        }

        var actor = Actor.Person(UserId, Role.User, Guid.NewGuid(), DateTimeOffset.MaxValue);
        await Services.GetRequiredService<RequestEmailChange>().HandleAsync(actor, new RequestEmailChangeRequest("new@example.org"), Cancel);
        var section = Render<EmailSection>();
        Assert.Contains("new@example.org", section.WaitForElement("dl").TextContent, StringComparison.Ordinal);

        await section.FindAll("form")[0].SubmitAsync();

        section.WaitForAssertion(() => Assert.EndsWith("/account/security?email=cancelled", Navigation.Uri, StringComparison.Ordinal));
    }

    private void Set(SignUpMode mode) => Services.GetRequiredService<Microsoft.Extensions.Options.IOptionsMonitor<SignUpOptions>>().CurrentValue.Mode = mode;
}
