using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Passwords;
using Portal.Platform.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Sessions;

public sealed class SignInTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    private const string Email = "user@example.org";
    private const string Wrong = "not the one that was set";

    [Fact]
    public async Task Execute_WithTheRightPassword_OpensASession()
    {
        var userId = await AddUserAsync(Email);

        var opened = await SignInAsync("  USER@Example.org");

        Assert.Equal((userId, Email, Role.User), (opened.Value!.UserId, opened.Value.Email, opened.Value.Role));
        Assert.Equal(
            $"{opened.Value.SessionId} password 192.0.2.7 test",
            await Database.ScalarAsync<string>("SELECT concat_ws(' ', id, auth_method, host(ip), user_agent) FROM sessions"));
    }

    [Fact]
    public async Task Execute_UnknownAccountAndWrongPassword_GetTheSameReply()
    {
        await AddUserAsync(Email);

        var wrong = await SignInAsync(Email, Wrong);
        var unknown = await SignInAsync("nobody@example.org", Wrong);
        var malformed = await SignInAsync("nobody", Wrong);
        var overlong = await SignInAsync(Email, new string('x', 1025));

        Assert.Equal("sign_in_refused", wrong.Failure?.Code);
        Assert.All([unknown, malformed, overlong], other => Assert.Equal(wrong.Failure, other.Failure));
        Assert.Equal(0L, await Database.ScalarAsync<long>("SELECT count(*) FROM sessions"));
    }

    [Theory]
    [InlineData("nobody@example.org")]
    [InlineData("nobody")]
    [InlineData(Email)]
    public async Task Execute_ForNoOrALockedAccount_CostsAFullPasswordCheck(string email)
    {
        await using var costly = Build(options => options.BcryptCost = 10);
        await AddUserAsync(Email);
        await Database.ExecuteAsync("UPDATE users SET lockout_end = now() + interval '1 hour'");
        var hasher = costly.GetRequiredService<BcryptPasswordHasher>();
        var oneCheck = Enumerable.Range(0, 3).Min(_ => Measure(() => hasher.Verify(hasher.Decoy, Wrong)));

        var started = Stopwatch.GetTimestamp();
        await costly.GetRequiredService<SignIn>().HandleAsync(new SignInRequest(email, Wrong, Ip, null), Cancel);

        Assert.True(Stopwatch.GetElapsedTime(started) > oneCheck * 0.5);
    }

    [Theory]
    [InlineData("UPDATE users SET status = 'suspended'")]
    [InlineData("UPDATE users SET password_hash = NULL")]
    public async Task Execute_ForAnAccountThatMayNotSignIn_GetsTheSameReply(string sql)
    {
        await AddUserAsync(Email);
        await Database.ExecuteAsync(sql);

        Assert.Equal("sign_in_refused", (await SignInAsync(Email)).Failure?.Code);
    }

    [Fact]
    public async Task Execute_AfterTenWrongPasswords_RefusesTheRightOneForFifteenMinutes()
    {
        await AddUserAsync(Email);
        for (var i = 0; i < 10; i++)
            await SignInAsync(Email, Wrong);

        Assert.Equal("sign_in_refused", (await SignInAsync(Email)).Failure?.Code);
        Time.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        Assert.Equal("sign_in_refused", (await SignInAsync(Email)).Failure?.Code);
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await SignInAsync(Email)).Succeeded);
    }

    [Fact]
    public async Task Execute_NineWrongPasswordsAndARightOne_StartsTheCountAnew()
    {
        await AddUserAsync(Email);
        for (var i = 0; i < 9; i++)
            await SignInAsync(Email, Wrong, IPAddress.Parse("198.51.100.1"));
        Assert.True((await SignInAsync(Email)).Succeeded);
        for (var i = 0; i < 9; i++)
            await SignInAsync(Email, Wrong, IPAddress.Parse("203.0.113.1"));

        Assert.True((await SignInAsync(Email)).Succeeded);
    }

    [Fact]
    public async Task Execute_WrongPasswordsInParallel_AreAllCounted()
    {
        await AddUserAsync(Email);

        await Task.WhenAll(Enumerable.Range(0, 9).Select(i => SignInAsync(Email, Wrong, IPAddress.Parse($"198.51.{i}.1"))));

        Assert.Equal(9, await Database.ScalarAsync<int>("SELECT access_failed_count FROM users"));
    }

    [Fact]
    public async Task Execute_MoreFailuresThanAnAddressHas_IsToldToWait()
    {
        await AddUserAsync(Email);
        for (var i = 0; i < 20; i++)
            await SignInAsync($"nobody{i}@example.org", Wrong);

        Assert.Equal("too_many_attempts", (await SignInAsync(Email)).Failure?.Code);
        Assert.True((await SignInAsync(Email, ip: IPAddress.Parse("198.51.100.1"))).Succeeded);
    }

    [Fact]
    public async Task Execute_WithAHashOfAnotherCost_RenewsIt()
    {
        await AddUserAsync(Email);
        await using var costlier = Build(options => options.BcryptCost = 5);

        var opened = await costlier.GetRequiredService<SignIn>().HandleAsync(new SignInRequest(Email, GoodPassword, Ip, null), Cancel);

        Assert.True(opened.Succeeded);
        Assert.Contains("$05$", await Database.ScalarAsync<string>("SELECT password_hash FROM users"), StringComparison.Ordinal);
        Assert.True((await SignInAsync(Email)).Succeeded);
    }

    [Fact]
    public async Task Execute_WithAVeryLongUserAgent_KeepsItsStart()
    {
        await AddUserAsync(Email);

        await Get<SignIn>().HandleAsync(new SignInRequest(Email, GoodPassword, Ip, new string('u', 5000)), Cancel);

        Assert.Equal(512, await Database.ScalarAsync<int>("SELECT length(user_agent) FROM sessions"));
    }

    private static TimeSpan Measure(Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started);
    }
}
