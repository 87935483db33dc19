using Portal.Platform.Accounts.SignUp;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SignUp;

public sealed class ResendVerificationTests(PostgresCluster cluster) : SignUpTest(cluster)
{
    [Fact]
    public async Task Handle_ForAnAddressThatWaits_MailsALinkThatWorks()
    {
        await SignUpAsync();
        Time.Advance(TimeSpan.FromHours(25));

        Assert.Equal(Email, (await ResendAsync(Email)).Value?.Email);

        Assert.True((await VerifyAsync(await MailedTokenAsync("verify-email", Email))).Succeeded);
    }

    [Fact]
    public async Task Handle_ForUnknownAndProvedAddresses_AnswersTheSameAndMailsNothing()
    {
        await AddUserAsync(Email);

        Assert.True((await ResendAsync(Email)).Succeeded);
        Assert.True((await ResendAsync("nobody@example.org")).Succeeded);

        Assert.Equal(0L, await MailsAsync("verify-email"));
    }

    [Fact]
    public async Task Handle_ManyAtOnce_MailsFiveTimesInAnHour()
    {
        await SignUpAsync();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ResendAsync(Email)));

        Assert.Equal(5L, await MailsAsync("verify-email"));
    }

    [Fact]
    public async Task Handle_TooOftenFromOneAddress_IsToldToWait()
    {
        for (var i = 0; i < 20; i++)
            Assert.True((await ResendAsync($"someone{i}@example.org")).Succeeded);

        Assert.Equal("too_many_attempts", (await ResendAsync(Email)).Failure?.Code);
    }

    private Task<Outcome<MailOnItsWay>> ResendAsync(string email) => Get<ResendVerification>().HandleAsync(new ResendVerificationRequest(email, Ip), Cancel);
}
