using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.SystemMail;

namespace Portal.Web.Tests.Authorisation;

/// <summary>The pages of tokens, one's data and the portal's own messages on the whole portal, as a browser without script posts them.</summary>
[Collection(nameof(AuthorisationCollection))]
public sealed partial class DataPagesTests(AuthorisationWorld world)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tokens_TwoScopesChosen_ShowTheTokenOnceAndItWorksUntilRevoked()
    {
        var account = await world.AddAccountAsync(Role.User);

        var made = await PostAsync(account, "/account/tokens?new=true", "create-token",
            ("Input.Name", "My <bridge>"), ("Input.Scopes", "messages:read"), ("Input.Scopes", "vaultboxes:read"), ("Input.Life", "7"));
        var token = TokenText().Match(await made.Content.ReadAsStringAsync(Cancel)).Value;

        Assert.NotEmpty(token);
        Assert.Equal(HttpStatusCode.OK, await CallAsync(token, "/api/v1/vaultboxes"));
        Assert.Equal(HttpStatusCode.Forbidden, await CallAsync(token, "/api/v1/tokens"));
        var list = await GetAsync(account, "/account/tokens");
        Assert.DoesNotContain(token, list, StringComparison.Ordinal);
        Assert.Contains("My &lt;bridge&gt;", list, StringComparison.Ordinal);
        var id = (await world.Services.GetRequiredService<ListTokens>().HandleAsync(Person(account), Cancel)).Value!.Single(t => t.Name.StartsWith("My", StringComparison.Ordinal)).Id;
        Assert.Contains("Revoke token", await GetAsync(account, $"/account/tokens?revoke={id}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await CallAsync(token, "/api/v1/vaultboxes"));
        await PostAsync(account, $"/account/tokens?revoke={id}", "revoke-token");
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(token, "/api/v1/vaultboxes"));
    }

    [Fact]
    public async Task Data_DeletionAskedFor_IsSaidOnEveryPageUntilTheAccountIsKept()
    {
        var account = await world.AddAccountAsync(Role.User);
        const string notice = "This account will be deleted on";
        Assert.DoesNotContain(notice, await GetAsync(account, "/vaultboxes"), StringComparison.Ordinal);

        await PostAsync(account, "/account/data?delete=true", "delete-account");
        Assert.Contains(notice, await GetAsync(account, "/vaultboxes"), StringComparison.Ordinal);
        Assert.Contains(notice, await GetAsync(account, "/mail"), StringComparison.Ordinal);
        await PostAsync(account, "/account/data", "keep-account");

        Assert.DoesNotContain(notice, await GetAsync(account, "/vaultboxes"), StringComparison.Ordinal);
        Assert.Equal(2L, await world.Platform.ScalarAsync<long>(
            $"SELECT count(*) FROM system_messages WHERE recipient = '{account.Email}' AND kind LIKE 'deletion-%'"));
    }

    [Fact]
    public async Task SystemMail_HeldMessage_ShowsItsTextOnDemandAfterStepUpAlone()
    {
        var (fresh, stale) = (await world.AddAccountAsync(Role.Admin), await world.AddAccountAsync(Role.Admin, stale: true));
        await using var context = await world.PlatformContextAsync();
        world.Services.GetRequiredService<SystemMailQueue>().Add(context, AccountMails.DeletionCancelled("mara@people.test"));
        var message = context.ChangeTracker.Entries<SystemMessage>().Single().Entity;
        message.State = SystemMessageState.Held;
        await context.SaveChangesAsync(Cancel);
        const string text = "was called off";

        var list = await GetAsync(fresh, "/admin/system-mail");
        Assert.Contains("Nothing is configured to send mail.", list, StringComparison.Ordinal);
        Assert.DoesNotContain(text, list, StringComparison.Ordinal);
        Assert.Contains(text, await GetAsync(fresh, $"/admin/system-mail?show={message.Id}"), StringComparison.Ordinal);
        using var asked = await SendAsync(stale, HttpMethod.Get, $"/admin/system-mail?show={message.Id}", null);
        Assert.Contains("/account/confirm?returnUrl=", $"{asked.Headers.Location}", StringComparison.Ordinal);
    }

    private static Actor Person(Account account) => Actor.Person(account.Id, account.Role, account.SessionId, account.FreshUntil);

    private async Task<string> GetAsync(Account account, string path)
    {
        using var response = await SendAsync(account, HttpMethod.Get, path, null);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancel);
    }

    private async Task<HttpResponseMessage> PostAsync(Account account, string path, string handler, params (string Name, string Value)[] fields)
    {
        var credential = world.CredentialOf(account);
        var all = fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
            .Append(new("_handler", handler)).Append(new("__RequestVerificationToken", credential.AntiforgeryToken));
        var response = await SendAsync(account, HttpMethod.Post, path, new FormUrlEncodedContent(all), credential);
        Assert.True((int)response.StatusCode < 400, $"{path} {handler}: {response.StatusCode} {await response.Content.ReadAsStringAsync(Cancel)}");
        return response;
    }

    private async Task<HttpResponseMessage> SendAsync(Account account, HttpMethod method, string path, HttpContent? content, Credential? credential = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("Cookie", (credential ?? world.CredentialOf(account)).Cookies);
        request.Headers.Add("Origin", world.Address.GetLeftPart(UriPartial.Authority));
        return await world.Http.SendAsync(request, Cancel);
    }

    private async Task<HttpStatusCode> CallAsync(string token, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var response = await world.Http.SendAsync(request, Cancel);
        return response.StatusCode;
    }

    [GeneratedRegex("vbp_[A-Za-z0-9]{49}")]
    private static partial Regex TokenText();
}
