using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Api;

/// <summary>The HTTP API as programs meet it.</summary>
public sealed class ApiTests(SharedPortal portal)
{
    private const string Mail = "From: otto@sender.example\r\nTo: x@vault.test\r\nSubject: Hello\r\n\r\nText\r\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/api/v1/me")]
    [InlineData("GET", "/api/v1/vaultboxes")]
    [InlineData("POST", "/api/v1/vaultboxes")]
    [InlineData("GET", "/api/v1/messages/01a203a8-8a44-7a7d-914c-b2997612d7d1")]
    [InlineData("GET", "/api/v1/processing-logs")]
    [InlineData("GET", "/api/v1/webhooks")]
    [InlineData("DELETE", "/api/v1/nothing/is/here")]
    public async Task Stranger_AnyPathOfTheApi_Gets401(string method, string path)
    {
        using var client = new HttpClient { BaseAddress = new Uri(portal.Url) };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("unauthenticated", (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Ready_Stranger_SeesTheWordAlone()
    {
        using var client = new HttpClient { BaseAddress = new Uri(portal.Url) };
        var stranger = await client.GetFromJsonAsync<JsonElement>("/health/ready", Cancel);

        Assert.Equal("""{"status":"ready"}""", stranger.GetRawText());
    }

    [Fact]
    public async Task Token_NarrowedToReading_CannotMakeAVaultbox()
    {
        var account = await TestAccount.AddAsync(portal.Process, "narrow@people.test");
        var token = await portal.Process.VerbAsync(["token", "add", account.Email, "--scopes", "vaultboxes:read"]);
        using var client = new HttpClient { BaseAddress = new Uri(portal.Url), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

        using var made = await client.PostAsJsonAsync("/api/v1/vaultboxes", new { domain = "vault.test", alias = "narrow" }, Cancel);
        using var listed = await client.GetAsync("/api/v1/vaultboxes", Cancel);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (made.StatusCode, listed.StatusCode));
    }

    [Theory]
    [InlineData("vault.test", "postmaster", "alias_reserved")]
    [InlineData("vault.test", "a b", "alias_malformed")]
    [InlineData("elsewhere.test", "fine", "domain_unknown")]
    [InlineData("vault.test", "free.address", null)]
    public async Task Availability_Address_IsToldWhatIsWrong(string domain, string alias, string? code)
    {
        var answer = await portal.Admin.GetAsync($"/api/v1/vaultboxes/availability?domain={domain}&alias={Uri.EscapeDataString(alias)}");

        Assert.Equal((code is null, code), (answer.GetProperty("available").GetBoolean(), answer.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Message_EachForm_IsTheSameSealedMail()
    {
        var account = await TestAccount.AddAsync(portal.Process, "forms@people.test");
        var key = new TestKey("forms@vault.test");
        var vaultbox = await account.NewVaultboxAsync("forms", key);
        await Senders.SendAsync("smtplib", portal.Process.IntakePort, "forms@vault.test", Encoding.ASCII.GetBytes(Mail));
        var id = Assert.Single(await account.MessagesAsync(vaultbox)).GetProperty("id").GetString()!;

        var detail = await account.GetAsync($"/api/v1/messages/{id}");
        var der = await account.DownloadAsync(id, "application/pkcs7-mime");
        var outer = Encoding.ASCII.GetString(await account.DownloadAsync(id, "message/rfc822"));

        var payload = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(detail.GetProperty("receipt").GetString()!.Split('.')[1])).RootElement;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(der)), payload.GetProperty("der_sha256").GetString());
        Assert.StartsWith(detail.GetProperty("outerHeaders").GetString()!, outer, StringComparison.Ordinal);
        Assert.Equal(der, Convert.FromBase64String(outer[(outer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Replace("\r\n", "", StringComparison.Ordinal)));
        Assert.DoesNotContain("Hello", outer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passport_OfAMessage_TellsItsWay()
    {
        var account = await TestAccount.AddAsync(portal.Process, "passport@people.test");
        var vaultbox = await account.NewVaultboxAsync("passport", new TestKey("passport@vault.test"));
        await Senders.SendAsync("smtplib", portal.Process.IntakePort, "passport@vault.test", Encoding.ASCII.GetBytes(Mail));
        var id = Assert.Single(await account.MessagesAsync(vaultbox)).GetProperty("id").GetString();

        var events = (await account.GetAsync($"/api/v1/messages/{id}/passport")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(["accepted", "sealed", "stored"], events.Select(e => e.GetProperty("stage").GetString()));
        Assert.All(events, e => Assert.Equal("127.0.0.1", e.GetProperty("peerIp").GetString()));
    }

    [Fact]
    public async Task Message_KnownToTheClient_IsNotSentAgain()
    {
        var account = await TestAccount.AddAsync(portal.Process, "etag@people.test");
        var vaultbox = await account.NewVaultboxAsync("etag", new TestKey("etag@vault.test"));
        await Senders.SendAsync("smtplib", portal.Process.IntakePort, "etag@vault.test", Encoding.ASCII.GetBytes(Mail));
        var id = Assert.Single(await account.MessagesAsync(vaultbox)).GetProperty("id").GetString()!;

        using var first = await account.Api.SendAsync(Form(id, null), Cancel);
        using var second = await account.Api.SendAsync(Form(id, first.Headers.ETag), Cancel);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task Events_MailArrives_TellItsId()
    {
        var account = await TestAccount.AddAsync(portal.Process, "events@people.test");
        var vaultbox = await account.NewVaultboxAsync("events", new TestKey("events@vault.test"));
        await using var stream = await account.Api.GetStreamAsync($"/api/v1/vaultboxes/{vaultbox}/events", Cancel);
        using var reader = new StreamReader(stream);
        Assert.Equal(": listening", await reader.ReadLineAsync(Cancel));

        await Senders.SendAsync("smtplib", portal.Process.IntakePort, "events@vault.test", Encoding.ASCII.GetBytes(Mail));

        string? line;
        while ((line = await reader.ReadLineAsync(Cancel)) is not null && line != "event: message")
        {
            // Heartbeats, and the empty lines between events.
        }

        var id = Assert.Single(await account.MessagesAsync(vaultbox)).GetProperty("id").GetString();
        Assert.Equal($$"""data: {"id":"{{id}}"}""", await reader.ReadLineAsync(Cancel));
    }

    [Fact]
    public async Task OthersIds_EveryEndpoint_LookAbsent()
    {
        var owner = await TestAccount.AddAsync(portal.Process, "owner@people.test");
        var other = await TestAccount.AddAsync(portal.Process, "other@people.test", "admin");
        var vaultbox = await owner.NewVaultboxAsync("owner", new TestKey("owner@vault.test"));
        await Senders.SendAsync("smtplib", portal.Process.IntakePort, "owner@vault.test", Encoding.ASCII.GetBytes(Mail));
        var message = Assert.Single(await owner.MessagesAsync(vaultbox)).GetProperty("id").GetString()!;

        foreach (var path in new[]
        {
            $"vaultboxes/{vaultbox}", $"vaultboxes/{vaultbox}/certificates", $"vaultboxes/{vaultbox}/messages", $"vaultboxes/{vaultbox}/summaries",
            $"vaultboxes/{vaultbox}/events", $"messages/{message}", $"messages/{message}/passport",
        })
        {
            using var response = await other.Api.GetAsync($"/api/v1/{path}", HttpCompletionOption.ResponseHeadersRead, Cancel);
            Assert.True(response.StatusCode == HttpStatusCode.NotFound, path);
        }
    }

    [Fact]
    public async Task OpenApi_Document_NamesTheEndpoints()
    {
        using var client = new HttpClient { BaseAddress = new Uri(portal.Url) };
        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Cancel);

        Assert.True(document.GetProperty("paths").TryGetProperty("/api/v1/vaultboxes/{id}/certificates", out _));
    }

    private static HttpRequestMessage Form(string id, EntityTagHeaderValue? known)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/messages/{id}") { Headers = { Accept = { new("application/pkcs7-mime") } } };
        if (known is not null)
            request.Headers.IfNoneMatch.Add(known);
        return request;
    }
}
