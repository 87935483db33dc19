using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Tokens;
using Portal.Web.Tests.Authorisation;

namespace Portal.Web.Tests.Api.Vaultboxes;

/// <summary>Vaultboxes over HTTP, as a program with a token meets them.</summary>
public sealed class VaultboxEndpointsTests(AuthorisationWorld portal) : IClassFixture<AuthorisationWorld>, IAsyncLifetime
{
    private const string Root = "/api/v1/vaultboxes";

    private string token = string.Empty;
    private string id = string.Empty;
    private string alias = string.Empty;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        token = await NewTokenAsync(TokenScopes.VaultboxesRead, TokenScopes.VaultboxesWrite);
        alias = $"a{Guid.NewGuid():n}";
        var made = await SendAsync(HttpMethod.Post, "", new { domain = "shared.test", name = "Shop", alias }, HttpStatusCode.Created);
        id = made.GetProperty("id").GetString()!;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Patch_WhatItNames_IsChangedAndTheRestStays()
    {
        var changed = await SendAsync(HttpMethod.Patch, $"/{id}", new { name = "  Choir ", limits = new { storageBytes = 1_000_000, messagesPerDay = 5 } });

        Assert.Equal(("Choir", "active", "shy", $"{alias}@shared.test"), (Text(changed, "name"), Text(changed, "status"), Text(changed, "headerPolicy"), Text(changed, "address")));
        Assert.Equal((1_000_000, 5), (changed.GetProperty("limits").GetProperty("storageBytes").GetInt64(), changed.GetProperty("limits").GetProperty("messagesPerDay").GetInt32()));
        changed = await SendAsync(HttpMethod.Patch, $"/{id}", new { status = "paused", headerPolicy = "blind", cipher = "aes-256-gcm", metadataPolicy = "none", encryptedMail = "leave" });
        Assert.Equal(("Choir", "paused", "blind"), (Text(changed, "name"), Text(changed, "status"), Text(changed, "headerPolicy")));
        changed = await SendAsync(HttpMethod.Patch, $"/{id}", new { limits = (object?)null, name = (string?)null });
        Assert.Equal((alias + "@shared.test", JsonValueKind.Null), (Text(changed, "name"), changed.GetProperty("limits").GetProperty("messagesPerDay").ValueKind));
        Assert.Equal(changed.GetRawText(), (await SendAsync(HttpMethod.Get, $"/{id}")).GetRawText());
        Assert.Equal("leave", Text(changed, "encryptedMail"));
        Assert.Equal("aes-256-gcm none leave", await portal.Vault.ScalarAsync<string>($"SELECT concat_ws(' ', cipher, metadata_policy, encrypted_mail) FROM vaultboxes WHERE id = '{id}'"));
    }

    [Fact]
    public async Task Patch_OfNothing_ChangesNothing()
    {
        var before = await SendAsync(HttpMethod.Get, $"/{id}");

        Assert.Equal(before.GetRawText(), (await SendAsync(HttpMethod.Patch, $"/{id}", new { })).GetRawText());
    }

    [Theory]
    [InlineData("""{"name":"Other","status":"gone"}""", "status_unknown")]
    [InlineData("""{"name":"Other","status":null}""", "status_unknown")]
    [InlineData("""{"name":"Other","headerPolicy":"Shy"}""", "header_policy_unknown")]
    [InlineData("""{"name":"Other","cipher":"des"}""", "cipher_unknown")]
    [InlineData("""{"name":"Other","metadataPolicy":""}""", "metadata_policy_unknown")]
    [InlineData("""{"name":"two\nlines"}""", "name_malformed")]
    public async Task Patch_ValueThatIsNone_IsAProblemAndNothingChanges(string body, string code)
    {
        var before = await SendAsync(HttpMethod.Get, $"/{id}");

        await RefusedAsync(HttpMethod.Patch, $"/{id}", body, HttpStatusCode.UnprocessableEntity, code);

        Assert.Equal(before.GetRawText(), (await SendAsync(HttpMethod.Get, $"/{id}")).GetRawText());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"name":7}""")]
    [InlineData("""{"limits":{"messagesPerDay":"many"}}""")]
    public async Task Patch_BodyThatCannotBeRead_IsABadRequest(string body) =>
        await RefusedAsync(HttpMethod.Patch, $"/{id}", body, HttpStatusCode.BadRequest, "request_malformed");

    [Fact]
    public async Task Delete_ThenRestore_TellsWhatGoesIsGoneMeanwhileAndComesBackAsItWas()
    {
        var before = await SendAsync(HttpMethod.Get, $"/{id}");

        var deleted = await SendAsync(HttpMethod.Delete, $"/{id}");

        Assert.Equal((id, "Shop", $"{alias}@shared.test"), (Text(deleted, "id"), Text(deleted, "name"), Text(deleted, "address")));
        Assert.Equal(TimeSpan.FromDays(30), deleted.GetProperty("restorableUntil").GetDateTimeOffset() - deleted.GetProperty("deletedAt").GetDateTimeOffset());
        Assert.Equal((0, 1), (deleted.GetProperty("contents").GetProperty("messages").GetInt32(), deleted.GetProperty("contents").GetProperty("aliases").GetInt32()));
        foreach (var (method, path, body) in new[] { (HttpMethod.Get, "", null), (HttpMethod.Patch, "", "{}"), (HttpMethod.Delete, "", null), (HttpMethod.Get, "/contents", null), (HttpMethod.Get, "/aliases", null) })
            await RefusedAsync(method, $"/{id}{path}", body, HttpStatusCode.NotFound, "not_found");
        Assert.Equal([id], await IdsAsync("?state=deleted"));
        Assert.Empty(await IdsAsync(""));
        await RefusedAsync(HttpMethod.Post, "", JsonSerializer.Serialize(new { domain = "shared.test", name = "", alias }), HttpStatusCode.Conflict, "alias_taken");

        var restored = await SendAsync(HttpMethod.Post, $"/{id}/restore");

        Assert.Equal(before.GetRawText(), restored.GetRawText());
        Assert.Equal([id], await IdsAsync(""));
        await RefusedAsync(HttpMethod.Post, $"/{id}/restore", null, HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Any_OfSomeoneElses_LooksAsIfItWereNotThere()
    {
        token = await NewTokenAsync(TokenScopes.VaultboxesRead, TokenScopes.VaultboxesWrite);

        foreach (var (method, path, body) in new[] { (HttpMethod.Get, "", null), (HttpMethod.Patch, "", """{"name":"Mine"}"""), (HttpMethod.Delete, "", null), (HttpMethod.Post, "/restore", null) })
        {
            var theirs = await RefusedAsync(method, $"/{id}{path}", body, HttpStatusCode.NotFound, "not_found");
            Assert.Equal(theirs, await RefusedAsync(method, $"/{Guid.NewGuid()}{path}", body, HttpStatusCode.NotFound, "not_found"));
        }

        Assert.Equal(1L, await portal.Vault.ScalarAsync<long>($"SELECT count(*) FROM vaultboxes WHERE id = '{id}' AND name = 'Shop' AND deleted_at IS NULL"));
    }

    [Fact]
    public async Task Change_WithATokenThatOnlyReads_IsForbidden()
    {
        token = await NewTokenAsync(TokenScopes.VaultboxesRead);

        foreach (var (method, path, body) in new[] { (HttpMethod.Patch, "", """{"name":"Mine"}"""), (HttpMethod.Delete, "", null), (HttpMethod.Post, "/restore", null) })
            await RefusedAsync(method, $"/{id}{path}", body, HttpStatusCode.Forbidden, "scope_missing");
    }

    private async Task<string> NewTokenAsync(params string[] scopes)
    {
        var account = await portal.AddAccountAsync(Role.User);
        var issued = await portal.Services.GetRequiredService<CreateToken>().HandleAsync(
            Actor.Person(account.Id, Role.User, account.SessionId, DateTimeOffset.MaxValue), new CreateTokenRequest("script", scopes, null), Cancel);
        return issued.Value!.Token;
    }

    private static string? Text(JsonElement body, string name) => body.GetProperty(name).GetString();

    private async Task<IReadOnlyList<string?>> IdsAsync(string query) =>
        [.. (await SendAsync(HttpMethod.Get, query)).GetProperty("items").EnumerateArray().Select(item => Text(item, "id"))];

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await AskAsync(method, path, body is null ? null : JsonSerializer.Serialize(body));
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <returns>What the problem says.</returns>
    private async Task<string?> RefusedAsync(HttpMethod method, string path, string? body, HttpStatusCode status, string code)
    {
        using var response = await AskAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode} {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.Equal(code, Text(problem, "code"));
        return Text(problem, "detail");
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, Root + path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await portal.Http.SendAsync(request, Cancel);
    }
}
