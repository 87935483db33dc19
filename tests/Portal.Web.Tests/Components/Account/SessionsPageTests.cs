using Bunit;
using Portal.Testing;
using Portal.Web.Components.Account;

namespace Portal.Web.Tests.Components.Account;

public sealed class SessionsPageTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    private const string Linux = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0";
    private const string Phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1";

    private static readonly Guid Elsewhere = Guid.Parse("7d3a4c1e-0000-4000-8000-000000000003");

    [Fact]
    public async Task Sessions_TwoDevices_ThisOneIsMarkedAndOnlyTheOtherCanBeEnded()
    {
        await AddSessionAsync(SessionId, Linux, "192.0.2.7");
        await AddSessionAsync(Elsewhere, Phone, "2001:db8::7");

        var page = Render<SessionsPage>();

        var rows = page.WaitForElements("tbody tr");
        Assert.Equal(2, rows.Count);
        Assert.Contains("Firefox on Linux", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("This one", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Empty(rows[0].QuerySelectorAll("button"));
        Assert.Contains("Safari on iPhone", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Equal("End the session of Safari on iPhone, 2001:db8::7", rows[1].QuerySelector("button")?.GetAttribute("aria-label"));
    }

    [Fact]
    public async Task End_TheOther_IsSaidAfterwards()
    {
        await AddSessionAsync(SessionId, Linux, "192.0.2.7");
        await AddSessionAsync(Elsewhere, Phone, "192.0.2.8");
        var page = Render<SessionsPage>();

        await page.WaitForElement("tbody form").SubmitAsync();

        page.WaitForAssertion(() => Assert.EndsWith("/account/sessions?ended=one", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sessions_OnlyThisOne_SaysSoAndOffersNothing()
    {
        await AddSessionAsync(SessionId, Linux, "192.0.2.7");

        var page = Render<SessionsPage>();

        page.WaitForAssertion(() => Assert.Contains("only place where you are signed in", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("button"));
    }

    private Task AddSessionAsync(Guid id, string userAgent, string ip) => Platform.ExecuteAsync(
        $"""
         INSERT INTO users (id, email, email_verified) VALUES ('{UserId}', 'mara.lindqvist@vault.test', true) ON CONFLICT DO NOTHING;
         INSERT INTO sessions (id, user_id, auth_method, proved_at, ip, user_agent, created_at, last_seen_at, expires_at)
         VALUES ('{id}', '{UserId}', 'password', '{Time.GetUtcNow():O}', '{ip}', '{userAgent}', '{Time.GetUtcNow():O}', '{Time.GetUtcNow():O}', '{Time.GetUtcNow().AddDays(1):O}')
         """);
}
