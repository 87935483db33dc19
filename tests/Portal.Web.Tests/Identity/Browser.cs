using System.Net.Http.Json;
using Microsoft.Net.Http.Headers;

namespace Portal.Web.Tests.Identity;

/// <summary>Sends what a browser would send: it keeps cookies by name, shows what came back, and follows nothing.</summary>
internal sealed class Browser(HttpMessageHandler handler, Uri origin) : IDisposable
{
    private readonly HttpClient client = new(handler) { BaseAddress = origin };

    public Dictionary<string, SetCookieHeaderValue> Cookies { get; } = new(StringComparer.Ordinal);

    public Task<HttpResponseMessage> GetAsync(string path, string? bearer = null) => SendAsync(HttpMethod.Get, path, bearer);

    public Task<HttpResponseMessage> PostAsync(string path, string? bearer = null, string? antiforgery = null) =>
        SendAsync(HttpMethod.Post, path, bearer, antiforgery);

    /// <summary>As the pages' scripts post.</summary>
    public Task<HttpResponseMessage> PostJsonAsync(string path, object body, string? antiforgery) =>
        SendAsync(HttpMethod.Post, path, null, antiforgery, JsonContent.Create(body));

    public Task<HttpResponseMessage> SignInAsync(string? returnUrl = null, string? password = null, string email = IdentityHost.Email) =>
        PostAsync($"/test/sign-in?email={email}&password={Uri.EscapeDataString(password ?? IdentityHost.Password)}"
            + (returnUrl is null ? string.Empty : $"&returnUrl={Uri.EscapeDataString(returnUrl)}"));

    public async Task<string> AntiforgeryTokenAsync() =>
        await (await GetAsync("/test/antiforgery")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    public void Dispose() => client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? bearer, string? antiforgery = null, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (Cookies.Count > 0)
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Values.Select(cookie => $"{cookie.Name}={cookie.Value}")));
        if (bearer is not null)
            request.Headers.Add("Authorization", $"Bearer {bearer}");
        if (antiforgery is not null)
            request.Headers.Add("X-Vaultbox-Antiforgery", antiforgery);
        var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out var values))
            Keep(values);
        return response;
    }

    private void Keep(IEnumerable<string> values)
    {
        foreach (var cookie in SetCookieHeaderValue.ParseList([.. values]))
        {
            if (cookie.Value.Length == 0)
                Cookies.Remove(cookie.Name.ToString());
            else
                Cookies[cookie.Name.ToString()] = cookie;
        }
    }
}
