using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SignUp;

public sealed class VerifyEmailTests(PostgresCluster cluster) : SignUpTest(cluster)
{
    [Fact]
    public async Task Handle_WithLinkAndPassword_LetsTheAccountSignIn()
    {
        await SignUpAsync();

        Assert.Equal(Email, (await VerifyAsync(await MailedTokenAsync("verify-email", Email))).Value?.Email);
        Assert.True((await SignInAsync(Email)).Succeeded);
    }

    [Fact]
    public async Task Handle_BySomebodyWhoDidNotSignUp_ProvesNothing()
    {
        await SignUpAsync(password: "the stranger's own choice");
        var token = await MailedTokenAsync("verify-email", Email);

        Assert.Equal("password_wrong", (await VerifyAsync(token)).Failure?.Code);
        Assert.Equal("password_wrong", (await VerifyAsync(token, string.Empty)).Failure?.Code);
        Assert.False(await Database.ScalarAsync<bool>("SELECT email_verified FROM users"));
    }

    [Fact]
    public async Task Handle_OneLinkManyTimesAtOnce_WorksOnce()
    {
        await SignUpAsync();
        var token = await MailedTokenAsync("verify-email", Email);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => VerifyAsync(token)));

        Assert.Single(answers, answer => answer.Succeeded);
        Assert.All(answers, answer => Assert.True(answer.Succeeded || answer.Failure!.Code == "link_ended"));
    }

    [Fact]
    public async Task Handle_UnknownUsedExpiredOrOfASuspendedAccount_LookAlike()
    {
        await SignUpAsync();
        var used = await MailedTokenAsync("verify-email", Email);
        await VerifyAsync(used);
        await SignUpAsync("late@example.org");
        await SignUpAsync("closed@example.org");
        await Database.ExecuteAsync("UPDATE users SET status = 'suspended' WHERE email = 'closed@example.org'");
        var suspended = await VerifyAsync(await MailedTokenAsync("verify-email", "closed@example.org"));
        Time.Advance(TimeSpan.FromHours(24));

        var unknown = await VerifyAsync("nothing");
        var again = await VerifyAsync(used);
        var expired = await VerifyAsync(await MailedTokenAsync("verify-email", "late@example.org"));

        Assert.Equal("link_ended", unknown.Failure?.Code);
        Assert.All([again, expired, suspended], answer => Assert.Equal(unknown.Failure, answer.Failure));
    }

    [Fact]
    public async Task Handle_GuessedLinks_AreThrottled()
    {
        for (var i = 0; i < 20; i++)
            Assert.Equal("link_ended", (await VerifyAsync($"guess{i}")).Failure?.Code);

        Assert.Equal("too_many_attempts", (await VerifyAsync("guess")).Failure?.Code);
    }

    [Fact]
    public async Task SignUp_KeepsOnlyTheLinksHash()
    {
        await SignUpAsync();
        var token = await MailedTokenAsync("verify-email", Email);

        Assert.Equal(0L, await Database.ScalarAsync<long>($"SELECT count(*) FROM account_links l WHERE l::text LIKE '%{token}%'"));
        Assert.Equal(0L, await Database.ScalarAsync<long>($"SELECT count(*) FROM system_messages m WHERE m::text LIKE '%{token}%'"));
    }
}
