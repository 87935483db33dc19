using System.Net;
using System.Net.WebSockets;
using Portal.Platform.Accounts;
using Portal.Web.Tests.Authorisation;

namespace Portal.Web.Tests.Security;

/// <summary>Real handshakes with the real portal, by somebody who is signed in.</summary>
[Collection(nameof(AuthorisationCollection))]
public sealed class CircuitOriginTests(AuthorisationWorld world)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Ours => world.Address.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task Handshake_FromOurOwnPage_OpensTheConnection()
    {
        using var socket = await OpenAsync(Ours);

        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://localhost:1")]
    [InlineData(null)]
    public async Task Handshake_FromElsewhereOrNowhere_IsRefused(string? origin)
    {
        var refused = await Assert.ThrowsAsync<WebSocketException>(async () => (await OpenAsync(origin)).Dispose());

        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handshake_FromOurHostByAnotherScheme_IsRefused() =>
        await Assert.ThrowsAsync<WebSocketException>(async () => (await OpenAsync(Ours.Replace("http:", "https:", StringComparison.Ordinal))).Dispose());

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    [InlineData("ours", HttpStatusCode.OK)]
    public async Task Negotiate_ByItsOrigin_IsAnsweredToOurPagesAlone(string? origin, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        request.Headers.Add("Cookie", world.CredentialOf(await world.AddAccountAsync(Role.User)).Cookies);
        if (origin is not null)
            request.Headers.Add("Origin", origin == "ours" ? Ours : origin);

        using var response = await world.Http.SendAsync(request, Cancel);

        Assert.Equal(status, response.StatusCode);
    }

    private async Task<ClientWebSocket> OpenAsync(string? origin)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", world.CredentialOf(await world.AddAccountAsync(Role.User)).Cookies);
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(new UriBuilder(world.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, Cancel);
        return socket;
    }
}
