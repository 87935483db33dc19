using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Tokens;
using Portal.Web.Tests.Authorisation;

namespace Portal.Web.Tests.Api.Notices;

/// <summary>Notices over HTTP, as a program with a token meets them.</summary>
public sealed class NoticeEndpointsTests(AuthorisationWorld portal) : IClassFixture<AuthorisationWorld>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Notices_Listed_AreMarkedReadOneByOneAndAll()
    {
        var account = await portal.AddAccountAsync(Role.User);
        var person = Actor.Person(account.Id, Role.User, account.SessionId, DateTimeOffset.MaxValue);
        var issued = await portal.Services.GetRequiredService<CreateToken>().HandleAsync(
            person, new CreateTokenRequest("script", [TokenScopes.VaultboxesRead, TokenScopes.VaultboxesWrite], null), Cancel);
        await portal.Vault.ExecuteAsync(
            $$"""
              INSERT INTO owner_notices (user_id, kind, detail, occurred_at, wants_mail)
              SELECT '{{account.Id}}', 'key_added', '{"name":"Laptop"}', now() - n * interval '1 minute', false FROM generate_series(1, 3) n
              """);

        var listed = await SendAsync(issued.Value!.Token, HttpMethod.Get, "?limit=2");
        Assert.Equal(("key_added", "Laptop"), (listed.GetProperty("items")[0].GetProperty("kind").GetString(), listed.GetProperty("items")[0].GetProperty("detail").GetProperty("name").GetString()));
        Assert.Equal(JsonValueKind.String, listed.GetProperty("next").ValueKind);
        var id = listed.GetProperty("items")[0].GetProperty("id").GetString();

        Assert.Equal(1, (await SendAsync(issued.Value.Token, HttpMethod.Post, "/read", new { ids = new[] { id } })).GetProperty("marked").GetInt32());
        Assert.Equal(2, (await SendAsync(issued.Value.Token, HttpMethod.Post, "/read", new { })).GetProperty("marked").GetInt32());
    }

    private async Task<JsonElement> SendAsync(string token, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/notices{path}") { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await portal.Http.SendAsync(request, Cancel);
        var json = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.True(response.IsSuccessStatusCode, json.ToString());
        return json;
    }
}
