using Bunit;
using Portal.Testing;
using Portal.Web.Components.Support;

namespace Portal.Web.Tests.Components.Support;

public sealed class SupportPageTests(PostgresCluster cluster) : SupportComponentTest(cluster)
{
    [Fact]
    public async Task Page_ForAUser_IsNotThere() => await IsNotFoundAsync(() => Render<SupportPage>());

    [Fact]
    public void Page_ForSupportWhoAskedNobody_SaysWhatToDo()
    {
        SignInAs("support");

        var page = Render<SupportPage>();

        page.WaitForAssertion(() => Assert.Contains("You have asked nobody yet.", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Find_APartOfAnAddress_FindsNobody()
    {
        SignInAs("support");
        var page = Render<SupportPage>();
        await page.WaitForElement("#find").ChangeAsync("ines@vault");

        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("Nobody has exactly this", page.Find("#find-error").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("#reason"));
    }

    [Fact]
    public async Task Ask_WithAReason_LeadsToTheWaitingPage()
    {
        SignInAs("support");
        var page = await FoundAsync();
        Assert.DoesNotContain("They cannot answer", page.Markup, StringComparison.Ordinal);

        await page.Find("#reason").ChangeAsync("Mail did not arrive");
        await page.FindAll("form")[1].SubmitAsync();

        page.WaitForAssertion(() => Assert.Matches("/support/views/[0-9a-f-]{36}$", Navigation.Uri));
        Assert.Equal(1L, await Vault.ScalarAsync<long>($"SELECT count(*) FROM owner_notices WHERE user_id = '{OtherId}' AND kind = 'view_asked'"));
    }

    [Fact]
    public async Task Ask_WithoutAReason_SaysSo()
    {
        SignInAs("support");
        var page = await FoundAsync();

        await page.FindAll("form")[1].SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("Say in a few words why.", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Glass_ByAnAdmin_WarnsFirstAndTellsTheOwner()
    {
        SignInAs("admin");
        await Platform.ExecuteAsync($"UPDATE users SET role = 'admin' WHERE id = '{UserId}'");
        var page = await FoundAsync();

        await page.FindAll("button").Single(button => button.TextContent == "They cannot answer").ClickAsync();
        Assert.Contains($"{Theirs} is told now.", page.Find(".vb-alert-error").TextContent, StringComparison.Ordinal);
        await page.Find("#reason").ChangeAsync("Their disk fills");
        await page.FindAll("form")[1].SubmitAsync();

        page.WaitForAssertion(() => Assert.Matches("/support/views/[0-9a-f-]{36}$", Navigation.Uri));
        Assert.Equal(1L, await Vault.ScalarAsync<long>($"SELECT count(*) FROM owner_notices WHERE user_id = '{OtherId}' AND kind = 'view_without_asking'"));
        Assert.Equal(1L, await Platform.ScalarAsync<long>($"SELECT count(*) FROM system_messages WHERE recipient = '{Theirs}' AND kind = 'view-glass-broken'"));
    }

    private async Task<IRenderedComponent<SupportPage>> FoundAsync()
    {
        var page = Render<SupportPage>();
        await page.WaitForElement("#find").ChangeAsync(Theirs);
        await page.Find("form").SubmitAsync();
        page.WaitForElement("#reason");
        return page;
    }
}
