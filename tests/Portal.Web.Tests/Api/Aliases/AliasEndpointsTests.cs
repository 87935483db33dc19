using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Tokens;
using Portal.Vault;
using Portal.Vault.Vaultboxes;
using Portal.Web.Tests.Authorisation;

namespace Portal.Web.Tests.Api.Aliases;

/// <summary>Aliases over HTTP, as a program with a token meets them.</summary>
public sealed class AliasEndpointsTests(AuthorisationWorld portal) : IClassFixture<AuthorisationWorld>, IAsyncLifetime
{
    private readonly string domain = $"d{Guid.NewGuid():n}.test";
    private string token = string.Empty;
    private string root = string.Empty;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var account = await portal.AddAccountAsync(Role.User);
        var person = Actor.Person(account.Id, Role.User, account.SessionId, DateTimeOffset.MaxValue);
        var issued = await portal.Services.GetRequiredService<CreateToken>().HandleAsync(
            person, new CreateTokenRequest("script", [TokenScopes.VaultboxesRead, TokenScopes.VaultboxesWrite], null), Cancel);
        token = issued.Value!.Token;
        await portal.Platform.ExecuteAsync(
            $"INSERT INTO domains (id, user_id, domain, verification_status, created_at) VALUES (gen_random_uuid(), '{account.Id}', '{domain}', 'verified', now())");
        var vaultbox = await portal.Services.GetRequiredService<CreateVaultbox>().HandleAsync(
            new CreateVaultboxRequest(VaultActor.Session(account.Id, isAdmin: false, DateTimeOffset.MaxValue), domain, "Box", "main"), Cancel);
        root = $"/api/v1/vaultboxes/{vaultbox.Value!.Id}/aliases";
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Alias_ItsLife_IsMadeFoundChangedPausedDeletedAndRestored()
    {
        var (made, location) = await SendAsync(HttpMethod.Post, "", new { localPart = "Shop", label = "Shop", maxMessages = 5 }, HttpStatusCode.Created);
        var id = made.GetProperty("id").GetString()!;
        Assert.Equal(($"{root}/{id}", $"shop@{domain}", "active"), (location, made.GetProperty("address").GetString(), made.GetProperty("state").GetString()));
        Assert.Equal("alias_taken", (await SendAsync(HttpMethod.Post, "", new { localPart = "shop" }, HttpStatusCode.Conflict)).Body.GetProperty("code").GetString());

        var changed = (await SendAsync(HttpMethod.Patch, $"/{id}", new { note = "since May", maxMessages = (int?)null })).Body;
        Assert.Equal(("Shop", "since May", JsonValueKind.Null), (
            changed.GetProperty("label").GetString(), changed.GetProperty("note").GetString(), changed.GetProperty("maxMessages").ValueKind));
        Assert.Equal([id], await IdsAsync("?search=since"));

        var paused = (await SendAsync(HttpMethod.Post, "/change", new { action = "pause", ids = new[] { id } })).Body;
        Assert.Equal(("resume", id), (paused.GetProperty("undo").GetString(), paused.GetProperty("changed")[0].GetString()));
        Assert.Equal([id], await IdsAsync("?state=paused"));
        await SendAsync(HttpMethod.Post, "/change", new { action = "delete", ids = new[] { id } });
        Assert.Equal([id], await IdsAsync("?state=deleted"));
        await SendAsync(HttpMethod.Post, "/change", new { action = "restore", ids = new[] { id } });
        Assert.Equal(2, (await IdsAsync("")).Count);
        Assert.Single(await IdsAsync("?limit=1"));
    }

    [Fact]
    public async Task Many_GoodAndBadLines_AnswersEach()
    {
        var answer = (await SendAsync(HttpMethod.Post, "/many", new { lines = new[] { "one", $"two@{domain.ToUpperInvariant()}", "three@shared.test", "four@elsewhere.test", "postmaster" } })).Body;

        Assert.Equal(3, answer.GetProperty("added").GetInt32());
        Assert.Equal(
            [null, null, null, "domain_unknown", "alias_reserved"], answer.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("code").GetString()));
        Assert.Equal($"two@{domain}", answer.GetProperty("items")[1].GetProperty("address").GetString());
    }

    [Fact]
    public async Task Many_TooManyDomains_IsRefused() => Assert.Equal("domains_too_many", (await SendAsync(
        HttpMethod.Post, "/many", new { lines = Enumerable.Range(0, 21).Select(i => $"a@d{i}.test") }, HttpStatusCode.UnprocessableEntity)).Body.GetProperty("code").GetString());

    [Fact]
    public async Task Random_OfCharacters_IsMade() => Assert.Equal(
        "random", (await SendAsync(HttpMethod.Post, "/random", new { style = "characters" }, HttpStatusCode.Created)).Body.GetProperty("kind").GetString());

    [Fact]
    public async Task CatchAll_OfAnOwnDomainAlone_IsMadeOnce()
    {
        Assert.Equal($"*@{domain}", (await SendAsync(HttpMethod.Post, "/catch-all", new { }, HttpStatusCode.Created)).Body.GetProperty("address").GetString());
        Assert.Equal("catch_all_taken", (await SendAsync(HttpMethod.Post, "/catch-all", new { domain }, HttpStatusCode.Conflict)).Body.GetProperty("code").GetString());
        foreach (var (other, code) in new[] { ("shared.test", "domain_not_own"), ("elsewhere.test", "domain_unknown") })
        {
            Assert.Equal(code, (await SendAsync(
                HttpMethod.Post, "/catch-all", new { domain = other }, HttpStatusCode.UnprocessableEntity)).Body.GetProperty("code").GetString());
        }
    }

    private async Task<IReadOnlyList<string?>> IdsAsync(string query) =>
        [.. (await SendAsync(HttpMethod.Get, query)).Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString())];

    private async Task<(JsonElement Body, string? Location)> SendAsync(
        HttpMethod method, string path, object? body = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(method, root + path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await portal.Http.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode} {text}");
        return (JsonDocument.Parse(text).RootElement, response.Headers.Location?.ToString());
    }
}
