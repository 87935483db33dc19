using Bunit;
using Portal.Testing;
using Portal.Web.Components.Admin;

namespace Portal.Web.Tests.Components.Admin;

public sealed class UsersPageTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    [Theory]
    [InlineData("user")]
    [InlineData("support")]
    public async Task Open_NotAnAdmin_LooksAsIfItWereNotThere(string role)
    {
        await AddPeopleAsync();
        SignInAs(role);
        var notFound = false;
        Navigation.OnNotFound += (_, _) => notFound = true;

        var page = Render<UsersPage>();

        page.WaitForAssertion(() => Assert.True(notFound));
        Assert.Empty(page.FindAll("h1, form, table"));
    }

    [Fact]
    public async Task Open_Accounts_AreListedByAddressWithRoleStateAndLastSeen()
    {
        await AddPeopleAsync();
        SignInAs("admin");

        var page = Render<UsersPage>();

        Assert.Equal(
            [
                "anna@people.test|Administrator|Active|Tue 24 Nov 2026, 10:42 UTC",
                "anton@people.test|User|Suspended|never",
                "bela@people.test|Support|Asked to be deleted|never",
            ],
            page.WaitForElements("tbody tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent.Trim()))));
        Assert.Matches("^/admin/users/[0-9a-f-]{36}$", page.Find("tbody a").GetAttribute("href"));
    }

    [Theory]
    [InlineData("q=AN", "anna@people.test anton@people.test")]
    [InlineData("role=Support", "bela@people.test")]
    [InlineData("state=Suspended", "anton@people.test")]
    [InlineData("q=an&role=Admin&state=Active", "anna@people.test")]
    [InlineData("role=Emperor&state=Deleted", "anna@people.test anton@people.test bela@people.test")]
    public async Task Filter_InTheUrl_NarrowsTheRows(string filter, string emails)
    {
        await AddPeopleAsync();
        SignInAs("admin");
        Navigation.NavigateTo($"/admin/users?{filter}");

        var page = Render<UsersPage>();

        Assert.Equal(emails, string.Join(' ', page.WaitForElements("tbody a").Select(link => link.TextContent)));
    }

    [Fact]
    public void Filter_InTheUrl_StandsInTheForm()
    {
        SignInAs("admin");
        Navigation.NavigateTo("/admin/users?q=an&role=Support&state=Suspended");

        var page = Render<UsersPage>();

        Assert.Equal("an", page.WaitForElement("input[name=q]").GetAttribute("value"));
        Assert.Equal(["Support", "Suspended"], page.FindAll("option[selected]").Select(option => option.GetAttribute("value")));
    }

    [Fact]
    public async Task Search_NobodyMatches_SaysSoAndLeadsBack()
    {
        await AddPeopleAsync();
        SignInAs("admin");
        Navigation.NavigateTo("/admin/users?q=zoe");

        var page = Render<UsersPage>();

        Assert.Contains("Nobody matches.", page.WaitForElement(".vb-empty").TextContent, StringComparison.Ordinal);
        Assert.Equal("/admin/users", page.Find(".vb-empty a").GetAttribute("href"));
        Assert.Empty(page.FindAll("table"));
    }

    [Fact]
    public async Task Open_MoreThanOnePage_LeadsOnAndBackToTheFirst()
    {
        await Platform.ExecuteAsync("INSERT INTO users (email) SELECT 'person' || lpad(i::text, 2, '0') || '@people.test' FROM generate_series(1, 51) i");
        SignInAs("admin");
        Navigation.NavigateTo("/admin/users?q=person");
        var first = Render<UsersPage>();
        Assert.Equal(50, first.WaitForElements("tbody tr").Count);
        var next = Assert.Single(first.FindAll("nav[aria-label=Pages] a"));
        Assert.Equal("Next", next.TextContent);

        Navigation.NavigateTo(next.GetAttribute("href")!);
        var second = Render<UsersPage>();

        Assert.Equal("person51@people.test", Assert.Single(second.WaitForElements("tbody a")).TextContent);
        var back = Assert.Single(second.FindAll("nav[aria-label=Pages] a"));
        Assert.Equal("First", back.TextContent);
        Assert.EndsWith("/admin/users?q=person", back.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WithACursorOfNoList_ShowsTheFirstPage()
    {
        await AddPeopleAsync();
        SignInAs("admin");
        Navigation.NavigateTo("/admin/users?after=%21");

        var page = Render<UsersPage>();

        Assert.Equal(3, page.WaitForElements("tbody tr").Count);
    }

    private Task AddPeopleAsync() => Platform.ExecuteAsync(
        $"""
         INSERT INTO users (id, email, role, status, deletion_due_at) VALUES
             ('{UserId}', 'anna@people.test', 'admin', 'active', NULL),
             (gen_random_uuid(), 'anton@people.test', 'user', 'suspended', NULL),
             (gen_random_uuid(), 'bela@people.test', 'support', 'active', '{Time.GetUtcNow().AddDays(30):O}');
         INSERT INTO sessions (id, user_id, auth_method, proved_at, created_at, last_seen_at, expires_at)
         VALUES ('{SessionId}', '{UserId}', 'password', '{Time.GetUtcNow():O}', '{Time.GetUtcNow():O}', '{Time.GetUtcNow():O}', '{Time.GetUtcNow().AddDays(1):O}')
         """);
}
