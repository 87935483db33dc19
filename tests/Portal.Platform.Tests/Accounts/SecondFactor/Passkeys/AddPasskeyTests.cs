using System.Text.Json;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SecondFactor.Passkeys;
using Portal.Platform.Accounts.Tokens;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SecondFactor.Passkeys;

public sealed class AddPasskeyTests(PostgresCluster cluster) : PasskeyTest(cluster)
{
    private readonly SoftwareAuthenticator authenticator = new();

    [Fact]
    public async Task Handle_TheFirstSecondFactor_ComesWithRecoveryCodes()
    {
        var actor = await AddPersonAsync();

        var first = await AddAsync(actor, authenticator);
        using var another = new SoftwareAuthenticator();
        var second = await AddAsync(actor, another, "Phone");

        Assert.Equal(10, first.Value!.RecoveryCodes.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(second.Value!.RecoveryCodes);
        Assert.Equal(10L, await Database.ScalarAsync<long>("SELECT count(*) FROM recovery_codes"));
        Assert.Equal(
            "Laptop,Phone", await Database.ScalarAsync<string>($"SELECT string_agg(name, ',' ORDER BY name) FROM passkeys WHERE user_id = '{actor.UserId}'"));
    }

    [Fact]
    public async Task Handle_Always_TellsTheOwnerByMail()
    {
        await AddAsync(await AddPersonAsync(), authenticator);

        Assert.Equal($"passkey-added {Email}", await Database.ScalarAsync<string>("SELECT kind || ' ' || recipient FROM system_messages"));
    }

    [Fact]
    public async Task Offer_Always_AsksForAVerifiedPasskeyThatNeedsNoName()
    {
        var actor = await AddPersonAsync();
        await AddAsync(actor, authenticator);

        using var options = JsonDocument.Parse((await OfferCreationAsync(actor)).OptionsJson);

        var root = options.RootElement;
        var selection = root.GetProperty("authenticatorSelection");
        Assert.Equal("required", selection.GetProperty("userVerification").GetString());
        Assert.Equal("required", selection.GetProperty("residentKey").GetString());
        Assert.Equal("none", root.GetProperty("attestation").GetString());
        Assert.Equal("localhost", root.GetProperty("rp").GetProperty("id").GetString());
        Assert.Equal(Email, root.GetProperty("user").GetProperty("name").GetString());
        Assert.Equal(43, root.GetProperty("challenge").GetString()!.Length);
        Assert.Single(root.GetProperty("excludeCredentials").EnumerateArray());
    }

    [Theory]
    [InlineData(null, "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36", "Chrome on Linux")]
    [InlineData(" ", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15", "Safari on macOS")]
    [InlineData(null, "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge on Windows")]
    [InlineData(null, "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox on Android")]
    [InlineData(null, null, "Passkey")]
    [InlineData("  Work\u0007 card\r\n", "Mozilla/5.0", "Work card")]
    public async Task Handle_WithoutAName_TakesOneFromTheBrowser(string? name, string? userAgent, string expected)
    {
        var actor = await AddPersonAsync();
        var offer = await OfferCreationAsync(actor);
        var answer = new PasskeyAnswer(authenticator.Create(offer.OptionsJson), offer.State, Site);

        var added = await Get<AddPasskey>().HandleAsync(actor, new AddPasskeyRequest(answer, name, userAgent), Cancel);

        Assert.Equal(expected, added.Value!.Passkey.Name);
    }

    [Fact]
    public async Task Handle_WhoMayNot_IsRefusedInOrder()
    {
        var actor = await AddPersonAsync();
        var stale = Actor.Person(actor.UserId, Role.User, Guid.NewGuid(), Time.GetUtcNow());
        var reader = Actor.Token(actor.UserId, Role.User, new HashSet<string>(StringComparer.Ordinal) { TokenScopes.AccountRead });

        foreach (var (who, code) in new[] { (Actor.Stranger, "not_found"), (Actor.Operator, "not_found"), (reader, "scope_missing"), (stale, "step_up_required") })
        {
            Assert.Equal(code, (await Get<StartAddingPasskey>().HandleAsync(who, Site, Cancel)).Failure?.Code);
            Assert.Equal(code, (await Get<AddPasskey>().HandleAsync(who, new AddPasskeyRequest(new PasskeyAnswer("{}", null, Site), null, null), Cancel)).Failure?.Code);
        }
    }

    [Fact]
    public async Task Handle_WithTheOfferOfAnotherAccount_IsRefused()
    {
        var actor = await AddPersonAsync();
        var other = await AddPersonAsync("other@example.org");
        var offer = await OfferCreationAsync(other);
        var answer = new PasskeyAnswer(authenticator.Create(offer.OptionsJson), offer.State, Site);

        Assert.Equal("passkey_refused", (await Get<AddPasskey>().HandleAsync(actor, new AddPasskeyRequest(answer, null, null), Cancel)).Failure?.Code);
    }

    [Theory]
    [InlineData("origin")]
    [InlineData("challenge")]
    [InlineData("verification")]
    [InlineData("relying party")]
    public async Task Handle_OfABentAnswer_IsRefused(string what)
    {
        var actor = await AddPersonAsync();
        switch (what)
        {
            case "origin": authenticator.Origin = "https://evil.example"; break;
            case "challenge": authenticator.Challenge = new byte[32]; break;
            case "verification": authenticator.Verifies = false; break;
            default: authenticator.RpId = "evil.example"; break;
        }

        Assert.Equal("passkey_refused", (await AddAsync(actor, authenticator)).Failure?.Code);
        Assert.Equal(0L, await Database.ScalarAsync<long>("SELECT count(*) FROM passkeys"));
    }

    [Fact]
    public async Task Handle_OfAPasskeyThatIsKnown_IsRefused()
    {
        var actor = await AddPersonAsync();
        await AddAsync(actor, authenticator);

        Assert.Equal("passkey_refused", (await AddAsync(actor, authenticator)).Failure?.Code);
        Assert.Equal(1L, await Database.ScalarAsync<long>("SELECT count(*) FROM passkeys"));
    }

    [Fact]
    public async Task Handle_BeyondTheLimit_IsRefused()
    {
        var actor = await AddPersonAsync();
        await AddAsync(actor, authenticator);
        await Database.ExecuteAsync(
            """
            INSERT INTO passkeys (user_id, credential_id, public_key, name, sign_count, transports, is_user_verified, is_backup_eligible, is_backed_up,
                attestation_object, client_data_json)
            SELECT user_id, decode(lpad(to_hex(n), 8, '0'), 'hex'), public_key, name, 0, transports, true, false, false, '\x00', '\x00'
            FROM passkeys, generate_series(2, 20) AS n
            """);
        using var another = new SoftwareAuthenticator();

        Assert.Equal("passkeys_full", (await AddAsync(actor, another)).Failure?.Code);
    }
}
