using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.SignUp;
using Portal.Platform.Accounts.Tokens;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SignUp;

public sealed class ResetPasswordTests(PostgresCluster cluster) : SignUpTest(cluster)
{
    private const string NewPassword = "a new walk by the canal";
    private const string ShortOne = "9 plum ax";

    [Fact]
    public async Task Handle_WithTheLink_TheNewPasswordSignsInAndTheOldOneDoesNot()
    {
        await AddUserAsync(Email);

        Assert.Equal(Email, (await ResetAsync(await LinkAsync())).Value?.Email);

        Assert.False((await SignInAsync(Email)).Succeeded);
        Assert.True((await SignInAsync(Email, NewPassword)).Succeeded);
        Assert.Contains("Everybody who was signed in has been signed out", await LastMailAsync("password-was-reset", Email), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_WithTheLink_EndsSessionsAndRememberedDevicesAndLeavesTokens()
    {
        var userId = await AddUserAsync(Email);
        var session = (await SignInAsync(Email)).Value!.SessionId;
        await Database.ExecuteAsync(
            $"INSERT INTO remembered_devices (user_id, token_hash, created_at, last_used_at, expires_at) VALUES ('{userId}', sha256('x'), now(), now(), now() + interval '1 day')");
        var token = await Get<IssueToken>().HandleAsync(Actor.Operator, new IssueTokenRequest(Email, null, null), Cancel);
        Assert.NotNull(await Get<ValidateSession>().HandleAsync(session, Cancel));

        await ResetAsync(await LinkAsync());

        Assert.Null(await Get<ValidateSession>().HandleAsync(session, Cancel));
        Assert.Equal(0L, await Database.ScalarAsync<long>("SELECT count(*) FROM remembered_devices"));
        Assert.NotNull(await Get<AuthenticateToken>().HandleAsync(token.Value!.Token, Ip, Cancel));
    }

    [Fact]
    public async Task Handle_OneLinkManyTimesAtOnce_WorksOnce()
    {
        await AddUserAsync(Email);
        var link = await LinkAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ResetAsync(link)));

        Assert.Single(answers, answer => answer.Succeeded);
        Assert.All(answers, answer => Assert.True(answer.Succeeded || answer.Failure!.Code == "link_ended"));
    }

    [Fact]
    public async Task Handle_OneOfTwoLinks_EndsTheOther()
    {
        await AddUserAsync(Email);
        var first = await LinkAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        var second = await LinkAsync();

        Assert.True((await ResetAsync(first)).Succeeded);
        Assert.Equal("link_ended", (await ResetAsync(second)).Failure?.Code);
    }

    [Fact]
    public async Task Handle_ForALockedAccountThatNeverProvedItsAddress_LetsItsOwnerIn()
    {
        await SignUpAsync(password: "the stranger's own choice");
        await Database.ExecuteAsync($"UPDATE users SET lockout_end = '{Time.GetUtcNow().AddHours(1):O}'");

        Assert.True((await ResetAsync(await LinkAsync())).Succeeded);

        Assert.True((await SignInAsync(Email, NewPassword)).Succeeded);
        Assert.Equal("link_ended", (await VerifyAsync(await MailedTokenAsync("verify-email", Email), NewPassword)).Failure?.Code);
    }

    [Fact]
    public async Task Handle_BesideASecondFactor_TakesAShorterPasswordAndKeepsTheFactor()
    {
        var userId = await AddUserAsync(Email);
        Assert.Equal("password_too_short", (await ResetAsync(await LinkAsync(), ShortOne)).Failure?.Code);
        await Database.ExecuteAsync(
            $"INSERT INTO authenticators (user_id, protected_secret, created_at, confirmed_at, last_step) VALUES ('{userId}', 'x', now(), now(), 0)");

        Assert.True((await ResetAsync(await LinkAsync(), ShortOne)).Succeeded);

        Assert.False(await Database.ScalarAsync<bool>("SELECT password_stands_alone FROM users"));
        Assert.Equal(1L, await Database.ScalarAsync<long>("SELECT count(*) FROM authenticators"));
    }

    [Fact]
    public async Task Handle_UnknownExpiredOrOfASuspendedAccount_LookAlike()
    {
        await AddUserAsync(Email);
        var unknown = await ResetAsync("nothing");
        var expired = await LinkAsync();
        Time.Advance(TimeSpan.FromHours(1));
        var late = await ResetAsync(expired);
        var link = await LinkAsync();
        await Database.ExecuteAsync("UPDATE users SET status = 'suspended'");
        var suspended = await ResetAsync(link);

        Assert.Equal("link_ended", unknown.Failure?.Code);
        Assert.All([late, suspended], answer => Assert.Equal(unknown.Failure, answer.Failure));
    }

    [Fact]
    public async Task Handle_GuessedLinks_AreThrottled()
    {
        for (var i = 0; i < 20; i++)
            Assert.Equal("link_ended", (await ResetAsync($"guess{i}")).Failure?.Code);

        Assert.Equal("too_many_attempts", (await ResetAsync("guess")).Failure?.Code);
    }

    private async Task<string> LinkAsync()
    {
        await Get<RequestPasswordReset>().HandleAsync(new RequestPasswordResetRequest(Email, Ip), Cancel);
        return await MailedTokenAsync("reset-password", Email);
    }

    private Task<Outcome<PasswordWasReset>> ResetAsync(string token, string password = NewPassword) =>
        Get<ResetPassword>().HandleAsync(new ResetPasswordRequest(token, password, Ip), Cancel);
}
