using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Portal.Passwords;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.Domains;
using Portal.Platform.MotorBlocks;
using Portal.Web.Tests.Authorisation;

namespace Portal.Web.Tests.Api;

/// <summary>Motor blocks as a program with a token meets them, on the whole portal.</summary>
[Collection(nameof(AuthorisationCollection))]
public sealed class MotorBlockEndpointsTests(AuthorisationWorld world) : IAsyncLifetime
{
    private const string Blocks = "/api/v1/motor-blocks";

    private readonly string domain = $"d{Guid.NewGuid():n}.test";
    private string token = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var account = await world.AddAccountAsync(Role.User);
        await Get<AddDomain>().HandleAsync(Actor.Operator, new AddDomainRequest(domain, account.Email, Verified: true, Shared: false), Cancel);
        var issued = await Get<IssueToken>().HandleAsync(
            Actor.Operator, new IssueTokenRequest(account.Email, ["credentials:read", "credentials:write"], null), Cancel);
        token = issued.Value!.Token;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Create_ForAnOwnDomain_Answers201WithAllThatAProgramNeeds()
    {
        using var made = await SendAsync(HttpMethod.Post, Blocks, new { label = "Printer", domain, rateLimitPerHour = 20, allowedNetworks = new[] { "192.0.2.0/24" } });

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var block = await ReadAsync(made);
        Assert.Equal($"{Blocks}/{block.GetProperty("id").GetString()}", made.Headers.Location!.OriginalString);
        Assert.Equal("no-store", made.Headers.CacheControl!.ToString());
        Assert.Equal(
            ("Printer", domain, "active", 20, 0, "localhost", world.SubmissionTlsPort, "TLS"),
            (Text(block, "label"), Text(block, "domain"), Text(block, "state"), block.GetProperty("rateLimitPerHour").GetInt32(),
                block.GetProperty("usedLastHour").GetInt32(), Text(block, "host"), block.GetProperty("port").GetInt32(), Text(block, "securityType")));
        Assert.NotNull(GeneratedPassword.SelectorOf(Text(block, "password")));
        Assert.Equal("192.0.2.0/24", block.GetProperty("allowedNetworks")[0].GetString());
    }

    [Fact]
    public async Task Read_AfterItWasMade_NeverTellsThePasswordAgain()
    {
        var block = await MakeAsync();

        var one = await (await SendAsync(HttpMethod.Get, $"{Blocks}/{Text(block, "id")}")).Content.ReadAsStringAsync(Cancel);
        var list = await (await SendAsync(HttpMethod.Get, Blocks)).Content.ReadAsStringAsync(Cancel);

        Assert.All(new[] { one, list }, text =>
        {
            Assert.Contains(Text(block, "username"), text, StringComparison.Ordinal);
            Assert.DoesNotContain(Text(block, "password"), text, StringComparison.Ordinal);
            Assert.DoesNotContain("password\"", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("hash", text, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task List_PageByPage_FollowsTheCursor()
    {
        var (first, second) = (await MakeAsync(), await MakeAsync());

        var page = await ReadAsync(await SendAsync(HttpMethod.Get, $"{Blocks}?limit=1"));
        var rest = await ReadAsync(await SendAsync(HttpMethod.Get, $"{Blocks}?limit=1&after={Text(page, "next")}"));

        Assert.Equal(
            new[] { Text(first, "id"), Text(second, "id") }.Order(StringComparer.Ordinal),
            new[] { Text(page.GetProperty("items")[0], "id"), Text(rest.GetProperty("items")[0], "id") }.Order(StringComparer.Ordinal));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task Patch_OfWhatIsNamed_LeavesTheRest()
    {
        var path = $"{Blocks}/{Text(await MakeAsync(), "id")}";
        var expiresAt = new DateTimeOffset(TimeProvider.System.GetUtcNow().Year + 1, 1, 31, 12, 0, 0, TimeSpan.Zero);

        var changed = await ReadAsync(await SendAsync(HttpMethod.Patch, path, new { paused = true, expiresAt }));
        var kept = await ReadAsync(await SendAsync(HttpMethod.Patch, path, new { label = "Scanner" }));
        var forEver = await ReadAsync(await SendAsync(HttpMethod.Patch, path, new { expiresAt = (string?)null }));
        using var wrong = await SendAsync(HttpMethod.Patch, path, new { expiresAt = "tomorrow" });

        Assert.Equal(("paused", expiresAt), (Text(changed, "state"), changed.GetProperty("expiresAt").GetDateTimeOffset()));
        Assert.Equal(("Scanner", "paused", expiresAt), (Text(kept, "label"), Text(kept, "state"), kept.GetProperty("expiresAt").GetDateTimeOffset()));
        Assert.Equal(JsonValueKind.Null, forEver.GetProperty("expiresAt").ValueKind);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "expiry_malformed"), (wrong.StatusCode, Text(await ReadAsync(wrong), "code")));
    }

    [Fact]
    public async Task Rotate_AndUndo_GiveANewPasswordAndTakeItBack()
    {
        var block = await MakeAsync();
        var path = $"{Blocks}/{Text(block, "id")}";

        var rotated = await ReadAsync(await SendAsync(HttpMethod.Post, $"{path}/rotate", new { overlapMinutes = 60 }));
        var undone = await ReadAsync(await SendAsync(HttpMethod.Post, $"{path}/undo-rotation"));
        using var again = await SendAsync(HttpMethod.Post, $"{path}/undo-rotation");

        Assert.NotEqual(Text(block, "password"), Text(rotated, "password"));
        Assert.InRange(rotated.GetProperty("previousValidUntil").GetDateTimeOffset() - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(61));
        Assert.Equal(0, rotated.GetProperty("onPreviousPassword").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, undone.GetProperty("previousValidUntil").ValueKind);
        Assert.Equal("nothing_to_undo", Text(await ReadAsync(again), "code"));
    }

    [Fact]
    public async Task Usage_OfOneThatSent_HasItsHours()
    {
        var block = await MakeAsync();
        await Get<TakeSendingAllowance>().HandleAsync(block.GetProperty("id").GetGuid(), Cancel);

        var usage = await ReadAsync(await SendAsync(HttpMethod.Get, $"{Blocks}/{Text(block, "id")}/usage"));

        Assert.Equal((100, 1, 48), (usage.GetProperty("limitPerHour").GetInt32(), usage.GetProperty("used").GetInt32(), usage.GetProperty("hours").GetArrayLength()));
        Assert.Equal(1, usage.GetProperty("hours").EnumerateArray().Sum(hour => hour.GetProperty("messages").GetInt32()));
    }

    [Fact]
    public async Task Delete_Done_IsGoneFromEveryAnswer()
    {
        var path = $"{Blocks}/{Text(await MakeAsync(), "id")}";

        using var deleted = await SendAsync(HttpMethod.Delete, path);
        using var read = await SendAsync(HttpMethod.Get, path);
        using var again = await SendAsync(HttpMethod.Delete, path);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (deleted.StatusCode, read.StatusCode, again.StatusCode));
        Assert.Equal(0, (await ReadAsync(await SendAsync(HttpMethod.Get, Blocks))).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Create_WithHostBits_Answers422AndSaysHow()
    {
        using var refused = await SendAsync(HttpMethod.Post, Blocks, new { domain, allowedNetworks = new[] { "192.0.2.7/24" } });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var problem = await ReadAsync(refused);
        Assert.Equal("network_has_host_bits", Text(problem, "code"));
        Assert.Contains("192.0.2.0/24", Text(problem, "detail"), StringComparison.Ordinal);
    }

    private T Get<T>()
        where T : notnull => world.Services.GetRequiredService<T>();

    private async Task<JsonElement> MakeAsync() => await ReadAsync(await SendAsync(HttpMethod.Post, Blocks, new { domain }));

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        return await world.Http.SendAsync(request, Cancel);
    }

    private static Task<JsonElement> ReadAsync(HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>(Cancel);

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
