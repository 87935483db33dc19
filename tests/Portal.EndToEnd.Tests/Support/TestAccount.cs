using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace Portal.EndToEnd.Tests.Support;

/// <summary>An account made by the command line, with a password made for it and an API client of its own.</summary>
public sealed class TestAccount(PortalProcess portal, string email, string password, string token)
{
    public string Email => email;

    public string Password => password;

    public HttpClient Api { get; } = new()
    {
        BaseAddress = new Uri(portal.Url), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    public static async Task<TestAccount> AddAsync(PortalProcess portal, string email, string role = "user")
    {
        var password = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));
        await portal.VerbAsync(["user", "add", email, "--role", role, "--password-stdin"], password);
        return new TestAccount(portal, email, password, await portal.VerbAsync(["token", "add", email]));
    }

    public async Task<JsonElement> GetAsync(string path) => await Api.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);

    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var response = await Api.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        var json = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, json.ToString());
        return json;
    }

    /// <summary>A message in the form that the media type names.</summary>
    public async Task<byte[]> DownloadAsync(string messageId, string mediaType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/messages/{messageId}") { Headers = { Accept = { new(mediaType) } } };
        using var response = await Api.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A vaultbox whose certificate was uploaded; its id.</summary>
    public async Task<Guid> NewVaultboxAsync(string alias, TestKey key)
    {
        var vaultbox = await PostAsync("/api/v1/vaultboxes", new { domain = "vault.test", name = alias, alias });
        var id = vaultbox.GetProperty("id").GetGuid();
        await PostAsync($"/api/v1/vaultboxes/{id}/certificates", new { pem = key.CertificatePem, friendlyName = "Test" });
        return id;
    }

    public async Task<IReadOnlyList<JsonElement>> MessagesAsync(Guid vaultboxId) =>
        [.. (await GetAsync($"/api/v1/vaultboxes/{vaultboxId}/messages")).GetProperty("items").EnumerateArray()];
}
