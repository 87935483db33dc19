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

namespace Portal.Web.Tests.Api.Credentials;

/// <summary>Devices over HTTP, as a program with a token meets them.</summary>
public sealed class DeviceEndpointsTests(AuthorisationWorld portal) : IClassFixture<AuthorisationWorld>, IAsyncLifetime
{
    private string token = string.Empty;
    private string root = string.Empty;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var account = await portal.AddAccountAsync(Role.User);
        var person = Actor.Person(account.Id, Role.User, account.SessionId, DateTimeOffset.MaxValue);
        var issued = await portal.Services.GetRequiredService<CreateToken>().HandleAsync(
            person, new CreateTokenRequest("script", [TokenScopes.CredentialsRead, TokenScopes.CredentialsWrite], null), Cancel);
        token = issued.Value!.Token;
        var vaultbox = await portal.Services.GetRequiredService<CreateVaultbox>().HandleAsync(
            new CreateVaultboxRequest(VaultActor.Session(account.Id, isAdmin: false, DateTimeOffset.MaxValue), "vault.test", "Box", $"a{account.Id:n}"), Cancel);
        root = $"/api/v1/vaultboxes/{vaultbox.Value!.Id}";
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Device_ItsLife_IsMadeReadRotatedUndoneChangedAndRevoked()
    {
        var (made, location, headers) = await SendAsync(HttpMethod.Post, "/devices", new { label = "Phone", protocols = new[] { "smtp", "imap" } }, HttpStatusCode.Created);
        var id = made.GetProperty("id").GetString()!;
        var path = $"/devices/{id}";
        Assert.Equal($"{root}{path}", location);
        Assert.True(headers.CacheControl?.NoStore);
        Assert.Equal(39, made.GetProperty("password").GetString()!.Length);
        Assert.Equal(("localhost", portal.SubmissionTlsPort, "TLS"), Server(made.GetProperty("smtp")));
        Assert.Equal(("localhost", 2993, "TLS"), Server(made.GetProperty("imap")));

        var rotated = (await SendAsync(HttpMethod.Post, $"{path}/rotate", new { overlapMinutes = 30 })).Body;
        Assert.NotEqual(made.GetProperty("password").GetString(), rotated.GetProperty("password").GetString());
        Assert.Equal(made.GetProperty("username").GetString(), rotated.GetProperty("username").GetString());
        Assert.Equal(0, rotated.GetProperty("clientsOnPrevious").GetInt32());

        var detail = (await SendAsync(HttpMethod.Get, path)).Body;
        Assert.Equal(rotated.GetProperty("previousValidUntil").GetDateTimeOffset(), detail.GetProperty("previousValidUntil").GetDateTimeOffset(), TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, detail.GetProperty("uses").GetArrayLength());
        Assert.False(detail.TryGetProperty("password", out _));

        Assert.Equal(JsonValueKind.Null, (await SendAsync(HttpMethod.Post, $"{path}/undo-rotation")).Body.GetProperty("previousValidUntil").ValueKind);
        Assert.Equal("nothing_to_undo", (await SendAsync(HttpMethod.Post, $"{path}/undo-rotation", null, HttpStatusCode.Conflict)).Body.GetProperty("code").GetString());
        await SendAsync(HttpMethod.Delete, path, null, HttpStatusCode.NoContent);
        Assert.Equal(0, (await SendAsync(HttpMethod.Get, "/devices")).Body.GetProperty("items").GetArrayLength());
        Assert.Equal(1, (await SendAsync(HttpMethod.Get, "/devices?includeRevoked=true")).Body.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Patch_WhatItNames_IsChangedAndTheRestStays()
    {
        var end = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var made = (await SendAsync(
            HttpMethod.Post, "/devices", new { protocols = new[] { "imap" }, allowedNetworks = new[] { "192.0.2.0/24" }, expiresAt = end }, HttpStatusCode.Created)).Body;
        var path = $"/devices/{made.GetProperty("id").GetString()}";
        Assert.Equal("New device", made.GetProperty("label").GetString());

        var renamed = (await SendAsync(HttpMethod.Patch, path, new { label = "Tablet" })).Body;
        Assert.Equal(("Tablet", end, 1), (renamed.GetProperty("label").GetString(), renamed.GetProperty("expiresAt").GetDateTimeOffset(), renamed.GetProperty("allowedNetworks").GetArrayLength()));

        var open = (await SendAsync(HttpMethod.Patch, path, new { expiresAt = (string?)null })).Body;
        Assert.Equal((JsonValueKind.Null, 1), (open.GetProperty("expiresAt").ValueKind, open.GetProperty("allowedNetworks").GetArrayLength()));

        var wide = (await SendAsync(HttpMethod.Patch, path, new { allowedNetworks = (string[]?)null })).Body;
        Assert.Equal(0, wide.GetProperty("allowedNetworks").GetArrayLength());
        Assert.Equal("network_host_bits", (await SendAsync(
            HttpMethod.Patch, path, new { allowedNetworks = new[] { "192.0.2.1/24" } }, HttpStatusCode.UnprocessableEntity)).Body.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("smtp", "imap")]
    [InlineData("imap", "smtp")]
    public async Task Credential_OfOneProtocol_IsADeviceSeenByIt(string protocol, string other)
    {
        var port = protocol == "smtp" ? portal.SubmissionTlsPort : 2993;
        var path = $"/{protocol}-credentials";
        var made = (await SendAsync(HttpMethod.Post, path, new { label = "Scanner" }, HttpStatusCode.Created)).Body;
        var id = made.GetProperty("id").GetString();
        Assert.Equal(("localhost", port, "TLS"), Server(made));
        Assert.Equal(39, made.GetProperty("password").GetString()!.Length);

        var listed = Assert.Single((await SendAsync(HttpMethod.Get, path)).Body.GetProperty("items").EnumerateArray());
        Assert.Equal((id, "Scanner", ("localhost", port, "TLS")), (listed.GetProperty("id").GetString(), listed.GetProperty("label").GetString(), Server(listed)));
        Assert.False(listed.TryGetProperty("password", out _));
        Assert.Equal(0, (await SendAsync(HttpMethod.Get, $"/{other}-credentials")).Body.GetProperty("items").GetArrayLength());

        Assert.Equal(JsonValueKind.Null, (await SendAsync(HttpMethod.Post, $"{path}/{id}/rotate", new { overlapMinutes = 0 })).Body.GetProperty("previousValidUntil").ValueKind);
        await SendAsync(HttpMethod.Post, $"/{other}-credentials/{id}/rotate", new { overlapMinutes = 0 }, HttpStatusCode.NotFound);
        await SendAsync(HttpMethod.Delete, $"/{other}-credentials/{id}", null, HttpStatusCode.NotFound);
        await SendAsync(HttpMethod.Delete, $"{path}/{id}", null, HttpStatusCode.NoContent);
        await SendAsync(HttpMethod.Post, $"/devices/{id}/rotate", null, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Credential_TakenOffADeviceWithBoth_LeavesTheOther()
    {
        var made = (await SendAsync(HttpMethod.Post, "/devices", new { protocols = new[] { "smtp", "imap" } }, HttpStatusCode.Created)).Body;
        var id = made.GetProperty("id").GetString();

        await SendAsync(HttpMethod.Delete, $"/imap-credentials/{id}", null, HttpStatusCode.NoContent);

        var device = (await SendAsync(HttpMethod.Get, $"/devices/{id}")).Body;
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Object), (device.GetProperty("imap").ValueKind, device.GetProperty("smtp").ValueKind));
    }

    private static (string? Host, int Port, string? Security) Server(JsonElement server) =>
        (server.GetProperty("host").GetString(), server.GetProperty("port").GetInt32(), server.GetProperty("securityType").GetString());

    private async Task<(JsonElement Body, string? Location, HttpResponseHeaders Headers)> SendAsync(
        HttpMethod method, string path, object? body = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(method, root + path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await portal.Http.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(expected == response.StatusCode, $"{method} {path}: {response.StatusCode} {text}");
        return (text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text), response.Headers.Location?.OriginalString, response.Headers);
    }
}
