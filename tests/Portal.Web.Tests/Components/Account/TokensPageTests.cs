using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Tokens;
using Portal.Testing;
using Portal.Web.Components.Account;

namespace Portal.Web.Tests.Components.Account;

public sealed class TokensPageTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Platform.ExecuteAsync($"INSERT INTO users (id, email) VALUES ('{UserId}', 'mara.lindqvist@vault.test')");
    }

    [Fact]
    public void Open_NoToken_SaysSoAndLeadsToTheForm()
    {
        var page = Render<TokensPage>();

        Assert.Contains("No program acts for you.", page.WaitForElement(".vb-empty").TextContent, StringComparison.Ordinal);
        Assert.Equal("/account/tokens?new=true", page.Find(".vb-empty a").GetAttribute("href"));
        Assert.Empty(page.FindAll("form, table"));
    }

    [Fact]
    public async Task Open_Tokens_ShowPrefixScopesUseAndEnd()
    {
        var script = await IssueAsync("Backup script", 90, TokenScopes.MessagesRead, TokenScopes.LogsRead);
        Time.Advance(TimeSpan.FromMinutes(1));
        await IssueAsync("Bridge", null, TokenScopes.Everything);
        await Platform.ExecuteAsync($"UPDATE api_tokens SET last_used_at = '{Time.GetUtcNow():O}', last_used_ip = '192.0.2.7' WHERE id = '{script.Id}'");

        var page = Render<TokensPage>();

        var rows = page.WaitForElements("tbody tr");
        Assert.Equal(2, rows.Count);
        Assert.StartsWith("Bridge", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Equal(["everything", "never", "No end"], rows[0].QuerySelectorAll("td[data-label]").Select(cell => cell.TextContent.Trim()));
        Assert.Contains($"{script.Token[..10]}…", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Equal(["logs:read", "messages:read"], rows[1].QuerySelectorAll("td[data-label=May] code").Select(scope => scope.TextContent));
        Assert.Contains("192.0.2.7", rows[1].QuerySelector("td[data-label='Last used']")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("22 Feb 2027", rows[1].QuerySelector("td[data-label=Ends]")!.TextContent.Trim());
        Assert.DoesNotContain(script.Token, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void New_Form_OffersEveryScopeAndAnEnd()
    {
        Navigation.NavigateTo("/account/tokens?new=true");

        var page = Render<TokensPage>();

        page.WaitForElement("#name");
        Assert.Equal(
            TokenScopes.Known.Order(StringComparer.Ordinal),
            page.FindAll("input[type=checkbox]").Select(box => box.GetAttribute("value")!).Order(StringComparer.Ordinal));
        Assert.Empty(page.FindAll("input[checked]"));
        Assert.Equal("90", page.Find("#life option[selected]").GetAttribute("value"));
    }

    [Fact]
    public void New_WithAnOldProof_GoesToConfirmBeforeAnythingIsTyped()
    {
        Time.Advance(TimeSpan.FromMinutes(11));
        Navigation.NavigateTo("/account/tokens?new=true");

        var page = Render<TokensPage>();

        page.WaitForAssertion(() => Assert.EndsWith(
            "/account/confirm?returnUrl=%2Faccount%2Ftokens%3Fnew%3Dtrue", Navigation.Uri, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("30", false)]
    [InlineData("none", true)]
    public async Task Create_Token_IsShownOnceAndOnlyItsHashIsKept(string life, bool isEndless)
    {
        Navigation.NavigateTo("/account/tokens?new=true");
        var page = Render<TokensPage>();
        page.WaitForElement("form");
        page.Instance.Input = new NewTokenInput { Name = "Backup script", Scopes = [TokenScopes.MessagesRead], Life = life };

        await page.Find("form").SubmitAsync();

        var token = page.WaitForElement("#issued-token").TextContent;
        Assert.StartsWith("vbp_", token, StringComparison.Ordinal);
        Assert.Equal(isEndless, page.Markup.Contains("It does not expire.", StringComparison.Ordinal));
        Assert.Empty(page.FindAll("form"));
        Assert.Equal(0L, await Platform.ScalarAsync<long>($"SELECT count(*) FROM api_tokens t WHERE t::text LIKE '%{token}%'"));
        Navigation.NavigateTo("/account/tokens");
        var list = Render<TokensPage>();
        Assert.Contains($"{token[..10]}…", list.WaitForElement("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(token, list.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" ", TokenScopes.MessagesRead, "90", "Give the token a name")]
    [InlineData("Script", null, "90", "Choose at least one thing that the token may do.")]
    [InlineData("Script", "messages:open", "90", "Unknown scope messages:open.")]
    [InlineData("Script", TokenScopes.MessagesRead, "4000", "A token lives from 1 to 365 days")]
    public async Task Create_Refused_SaysWhyAndKeepsWhatWasTyped(string name, string? scope, string life, string said)
    {
        Navigation.NavigateTo("/account/tokens?new=true");
        var page = Render<TokensPage>();
        page.WaitForElement("form");
        page.Instance.Input = new NewTokenInput { Name = name, Scopes = scope is null ? null : [scope], Life = life };

        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains(said, page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal(name, page.Find("#name").GetAttribute("value"));
        Assert.Equal(scope == TokenScopes.MessagesRead ? 1 : 0, page.FindAll("input[checked]").Count);
        Assert.Equal(0L, await Platform.ScalarAsync<long>("SELECT count(*) FROM api_tokens"));
    }

    [Fact]
    public async Task Revoke_Asked_IsConfirmedFirstAndSaidAfterwards()
    {
        var issued = await IssueAsync("Backup script", 90, TokenScopes.MessagesRead);
        Navigation.NavigateTo($"/account/tokens?revoke={issued.Id}");
        var page = Render<TokensPage>();
        Assert.Equal("Revoke “Backup script”?", page.WaitForElement("form h2").TextContent);
        Assert.Equal("/account/tokens", page.Find("form a").GetAttribute("href"));

        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.EndsWith("/account/tokens?done=revoked", Navigation.Uri, StringComparison.Ordinal));
        var after = Render<TokensPage>();
        Assert.Contains("That token does not work any more.", after.WaitForElement("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Contains("No program acts for you.", after.Find(".vb-empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoke_RevokedMeanwhile_SaysThatItIsNotThere()
    {
        var issued = await IssueAsync("Backup script", 90, TokenScopes.MessagesRead);
        Navigation.NavigateTo($"/account/tokens?revoke={issued.Id}");
        var page = Render<TokensPage>();
        page.WaitForElement("form");
        await Platform.ExecuteAsync($"UPDATE api_tokens SET revoked_at = '{Time.GetUtcNow():O}'");

        await page.Find("form").SubmitAsync();

        Assert.Contains("There is nothing here by that name", page.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoke_TokenOfNobody_ShowsTheListAlone()
    {
        await IssueAsync("Backup script", 90, TokenScopes.MessagesRead);
        Navigation.NavigateTo($"/account/tokens?revoke={Guid.NewGuid()}");

        var page = Render<TokensPage>();

        Assert.Single(page.WaitForElements("tbody tr"));
        Assert.Empty(page.FindAll("form"));
    }

    private async Task<IssuedToken> IssueAsync(string name, int? days, params string[] scopes)
    {
        var actor = Actor.Person(UserId, Role.User, SessionId, DateTimeOffset.MaxValue);
        var issued = await Services.GetRequiredService<CreateToken>().HandleAsync(actor, new CreateTokenRequest(name, scopes, days), Cancel);
        return issued.Value ?? throw new InvalidOperationException(issued.Failure!.Detail);
    }
}
