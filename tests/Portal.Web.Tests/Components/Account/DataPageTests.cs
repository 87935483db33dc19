using Bunit;
using Portal.Testing;
using Portal.Web.Components.Account;

namespace Portal.Web.Tests.Components.Account;

public sealed class DataPageTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    private DateTimeOffset Due => Time.GetUtcNow().AddDays(30);

    [Fact]
    public async Task Open_Account_OffersTheExportAndLeadsToDeletion()
    {
        await AddAsync();

        var page = Render<DataPage>();

        page.WaitForAssertion(() => Assert.Contains("Destroys the account and all that is in it, 30 days after you ask for it.", page.Markup, StringComparison.Ordinal));
        Assert.True(page.Find("a[href='/api/v1/me/export']").HasAttribute("download"));
        Assert.Equal("Delete account…", page.Find("a[href='/account/data?delete=true']").TextContent);
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task Delete_Asked_SaysWhatGoesAndDoesNothingYet()
    {
        await AddAsync();
        await MakeVaultboxAsync("mara");
        Navigation.NavigateTo("/account/data?delete=true");

        var page = Render<DataPage>();

        page.WaitForAssertion(() => Assert.Contains(
            "In 30 days the account and its 1 vaultbox with 0 sealed messages (0 bytes) are destroyed.", page.Find("form").TextContent, StringComparison.Ordinal));
        Assert.Equal("Delete account", page.Find("form button").TextContent);
        Assert.Equal("/account/data", page.Find("form a").GetAttribute("href"));
        Assert.Equal(0L, await PendingAsync());
    }

    [Fact]
    public async Task Delete_WithAnOldProof_GoesToConfirmAndComesBack()
    {
        await AddAsync();
        Time.Advance(TimeSpan.FromMinutes(11));
        Navigation.NavigateTo("/account/data?delete=true");

        var page = Render<DataPage>();

        page.WaitForAssertion(() => Assert.EndsWith(
            "/account/confirm?returnUrl=%2Faccount%2Fdata%3Fdelete%3Dtrue", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Delete_Confirmed_IsDueAfterTheGraceAndToldByMail()
    {
        await AddAsync();
        Navigation.NavigateTo("/account/data?delete=true");
        var page = Render<DataPage>();

        await page.WaitForElement("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.EndsWith("/account/data", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal(1L, await PendingAsync());
        Assert.Equal(1L, await Platform.ScalarAsync<long>("SELECT count(*) FROM system_messages WHERE recipient = 'mara.lindqvist@vault.test'"));
    }

    [Fact]
    public async Task Delete_TheOnlyAdmin_SaysWhatToDoFirst()
    {
        await AddAsync("admin");
        SignInAs("admin");
        Navigation.NavigateTo("/account/data?delete=true");
        var page = Render<DataPage>();

        await page.WaitForElement("form").SubmitAsync();

        Assert.Contains("You are the only administrator.", page.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(0L, await PendingAsync());
    }

    [Theory]
    [InlineData("/account/data")]
    [InlineData("/account/data?delete=true")]
    public async Task Open_DeletionPending_SaysWhenAndOffersOnlyToKeep(string path)
    {
        await AddAsync();
        SignInAs("user", deletionDueAt: Due);
        Navigation.NavigateTo(path);

        var page = Render<DataPage>();

        Assert.Contains("On Thu 24 Dec 2026, 10:42 UTC the account", page.WaitForElement("form").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Keep the account"], page.FindAll("button").Select(button => button.TextContent));
        Assert.Empty(page.FindAll("a[href*=delete]"));
    }

    [Fact]
    public async Task Keep_DeletionPending_IsSaidAfterwards()
    {
        await AddAsync();
        await Platform.ExecuteAsync($"UPDATE users SET deletion_due_at = '{Due:O}'");
        SignInAs("user", deletionDueAt: Due);
        var page = Render<DataPage>();

        await page.WaitForElement("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.EndsWith("/account/data?done=kept", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal(0L, await PendingAsync());
        SignInAs("user");
        Assert.Contains("Your account stays.", Render<DataPage>().WaitForElement("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keep_KeptMeanwhile_SaysSo()
    {
        await AddAsync();
        SignInAs("user", deletionDueAt: Due);
        var page = Render<DataPage>();

        await page.WaitForElement("form").SubmitAsync();

        Assert.Contains("This account is not waiting to be deleted.", page.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    private Task AddAsync(string role = "user") =>
        Platform.ExecuteAsync($"INSERT INTO users (id, email, role) VALUES ('{UserId}', 'mara.lindqvist@vault.test', '{role}')");

    private Task<long> PendingAsync() => Platform.ScalarAsync<long>($"SELECT count(*) FROM users WHERE deletion_due_at = '{Due:O}'");
}
