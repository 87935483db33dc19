using System.Security.Cryptography;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SecondFactor.Passkeys;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SecondFactor.Passkeys;

public sealed class SignInWithPasskeyTests(PostgresCluster cluster) : PasskeyTest(cluster)
{
    private const string Refused = "passkey_refused";

    private readonly SoftwareAuthenticator authenticator = new();

    [Fact]
    public async Task Handle_WithAPasskey_OpensASessionWithoutANameOrAPassword()
    {
        var actor = await AddPersonAsync();
        await AddAsync(actor, authenticator);

        var opened = await SignInAsync(authenticator);

        Assert.Equal((actor.UserId, Email, Role.User), (opened.Value!.UserId, opened.Value.Email, opened.Value.Role));
        Assert.Equal("passkey", await Database.ScalarAsync<string>($"SELECT auth_method FROM sessions WHERE id = '{opened.Value.SessionId}'"));
        Assert.True(await Database.ScalarAsync<bool>("SELECT last_used_at IS NOT NULL FROM passkeys"));
    }

    [Fact]
    public async Task Handle_OfTwoAccounts_OpensTheOwnersSession()
    {
        using var other = new SoftwareAuthenticator();
        await AddAsync(await AddPersonAsync("other@example.org"), other);
        var actor = await AddPersonAsync();
        await AddAsync(actor, authenticator);

        Assert.Equal(actor.UserId, (await SignInAsync(authenticator)).Value!.UserId);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://localhost:8443")]
    [InlineData("http://localhost")]
    [InlineData("https://localhost.evil.example")]
    [InlineData("https://LOCALHOST")]
    public async Task Handle_FromAnotherOrigin_IsRefused(string origin)
    {
        await AddAsync(await AddPersonAsync(), authenticator);
        authenticator.Origin = origin;

        await AssertRefusedAsync();
    }

    [Fact]
    public async Task Handle_OutOfAFrameOfAnotherSite_IsRefused()
    {
        await AddAsync(await AddPersonAsync(), authenticator);
        authenticator.CrossOrigin = true;

        await AssertRefusedAsync();
    }

    [Fact]
    public async Task Handle_ForAnotherRelyingParty_IsRefused()
    {
        await AddAsync(await AddPersonAsync(), authenticator);
        authenticator.RpId = "evil.example";

        await AssertRefusedAsync();
    }

    [Fact]
    public async Task Handle_WithAnotherChallenge_IsRefused()
    {
        await AddAsync(await AddPersonAsync(), authenticator);
        authenticator.Challenge = RandomNumberGenerator.GetBytes(32);

        await AssertRefusedAsync();
    }

    [Fact]
    public async Task Handle_ToTheChallengeOfAnotherCeremony_IsRefused()
    {
        var actor = await AddPersonAsync();
        await AddAsync(actor, authenticator);
        var signIn = await OfferSignInAsync();
        var confirm = await Get<StartPasskeyConfirmation>().HandleAsync(actor, Site, Cancel);

        Assert.Equal(Refused, (await AnswerAsync(authenticator.Get(signIn.OptionsJson), confirm.Value!.State)).Failure?.Code);
        Assert.Equal(Refused, (await AnswerAsync(authenticator.Get(confirm.Value.OptionsJson), confirm.Value.State)).Failure?.Code);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(7u)]
    public async Task Handle_TheSameAnswerTwice_OpensOneSession(uint signCount)
    {
        await AddAsync(await AddPersonAsync(), authenticator);
        authenticator.SignCount = signCount;
        var offer = await OfferSignInAsync();
        var answer = authenticator.Get(offer.OptionsJson);
        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.True((await AnswerAsync(answer, offer.State)).Succeeded);
        Assert.Equal(Refused, (await AnswerAsync(answer, offer.State)).Failure?.Code);

        Assert.Equal(1L, await Database.ScalarAsync<long>("SELECT count(*) FROM sessions"));
    }

    [Fact]
    public async Task Handle_TheSameAnswerTwiceAtOnce_OpensOneSession()
    {
        await AddAsync(await AddPersonAsync(), authenticator);
        var offer = await OfferSignInAsync();
        var answer = authenticator.Get(offer.OptionsJson);
        Time.Advance(TimeSpan.FromSeconds(1));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AnswerAsync(answer, offer.State)));

        Assert.Single(outcomes, outcome => outcome.Succeeded);
    }

    [Fact]
    public async Task Handle_WhenTheCeremonyHasEnded_IsRefused()
    {
        await AddAsync(await AddPersonAsync(), authenticator);
        var offer = await OfferSignInAsync();
        Assert.Equal(offer.EndsAt, Time.GetUtcNow() + PasskeyCeremony.Life);
        Time.Advance(PasskeyCeremony.Life);

        Assert.Equal(Refused, (await AnswerAsync(authenticator.Get(offer.OptionsJson), offer.State)).Failure?.Code);
    }

    [Theory]
    [InlineData(5u, 4u, false)]
    [InlineData(5u, 5u, false)]
    [InlineData(5u, 0u, false)]
    [InlineData(5u, 6u, true)]
    [InlineData(0u, 0u, true)]
    public async Task Handle_WithACounterThatDoesNotRise_IsRefused(uint stored, uint signed, bool accepted)
    {
        await AddAsync(await AddPersonAsync(), authenticator);
        await Database.ExecuteAsync($"UPDATE passkeys SET sign_count = {stored}");
        authenticator.SignCount = signed == 0 ? 0 : signed - 1;

        Assert.Equal(accepted, (await SignInAsync(authenticator)).Succeeded);
        Assert.Equal(accepted ? signed : stored, (uint)await Database.ScalarAsync<long>("SELECT sign_count FROM passkeys"));
    }

    [Fact]
    public async Task Handle_WithoutUserVerification_IsRefused()
    {
        await AddAsync(await AddPersonAsync(), authenticator);
        authenticator.Verifies = false;

        await AssertRefusedAsync();
    }

    [Fact]
    public async Task Handle_WithAnothersUserHandle_IsRefused()
    {
        var other = await AddPersonAsync("other@example.org");
        await AddAsync(await AddPersonAsync(), authenticator);
        authenticator.UserHandle = System.Text.Encoding.UTF8.GetBytes(other.UserId.ToString());

        await AssertRefusedAsync();
        authenticator.UserHandle = null;
        await AssertRefusedAsync();
    }

    [Fact]
    public async Task Handle_SignedByAnotherKey_IsRefused()
    {
        await AddAsync(await AddPersonAsync(), authenticator);
        using var forger = new SoftwareAuthenticator { CredentialId = authenticator.CredentialId, UserHandle = authenticator.UserHandle };

        Assert.Equal(Refused, (await SignInAsync(forger)).Failure?.Code);
    }

    [Theory]
    [InlineData("status = 'suspended'")]
    [InlineData("email_verified = false")]
    public async Task Handle_ForAnAccountThatMayNotSignIn_IsRefusedAlike(string state)
    {
        await AddAsync(await AddPersonAsync(), authenticator);
        await Database.ExecuteAsync($"UPDATE users SET {state}");

        await AssertRefusedAsync();
    }

    [Fact]
    public async Task Handle_AfterTheAccountIsGone_IsRefusedAlike()
    {
        await AddAsync(await AddPersonAsync(), authenticator);
        await Database.ExecuteAsync("DELETE FROM users");

        await AssertRefusedAsync();
    }

    [Fact]
    public async Task Handle_WhileThePasswordIsLocked_LetsTheOwnerIn()
    {
        await AddAsync(await AddPersonAsync(), authenticator);
        await Database.ExecuteAsync("UPDATE users SET lockout_end = now() + interval '1 hour'");

        Assert.True((await SignInAsync(authenticator)).Succeeded);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("null")]
    public async Task Handle_OfNonsense_IsRefused(string answer)
    {
        var offer = await OfferSignInAsync();

        Assert.Equal(Refused, (await AnswerAsync(answer, offer.State)).Failure?.Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("bm90IG91cnM")]
    [InlineData("!")]
    public async Task Handle_WithoutAStateOfOurs_IsRefused(string? state)
    {
        await AddAsync(await AddPersonAsync(), authenticator);
        var offer = await OfferSignInAsync();

        Assert.Equal(Refused, (await AnswerAsync(authenticator.Get(offer.OptionsJson), state)).Failure?.Code);
    }

    [Fact]
    public async Task Handle_AfterTooManyRefusals_IsTurnedAwayWithTheOfferToo()
    {
        for (var i = 0; i < new PlatformOptions().AttemptsPerAddress; i++)
            await AnswerAsync("{}", null);

        Assert.Equal("too_many_attempts", (await AnswerAsync("{}", null)).Failure?.Code);
        Assert.Equal("too_many_attempts", (await Get<StartPasskeySignIn>().HandleAsync(Site, Ip)).Failure?.Code);
    }

    private async Task AssertRefusedAsync()
    {
        Assert.Equal(Refused, (await SignInAsync(authenticator)).Failure?.Code);
        Assert.Equal(0L, await Database.ScalarAsync<long>("SELECT count(*) FROM sessions"));
    }
}
