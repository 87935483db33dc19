using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts.SignUp;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SignUp;

public sealed class RequestPasswordResetTests(PostgresCluster cluster) : SignUpTest(cluster)
{
    [Fact]
    public async Task Handle_KnownAndUnknown_AnswerTheSameAndOnlyOneIsMailed()
    {
        await AddUserAsync(Email);

        Assert.Equal(Email, (await RequestAsync(Email)).Value?.Email);
        Assert.Equal("nobody@example.org", (await RequestAsync("nobody@example.org")).Value?.Email);

        Assert.Equal(1L, await Database.ScalarAsync<long>("SELECT count(*) FROM system_messages"));
        Assert.Contains("It does not open your mail", await LastMailAsync("reset-password", Email), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Email)]
    [InlineData("nobody@example.org")]
    public async Task Handle_KnownAndUnknown_TakeTheLeastTime(string email)
    {
        await AddUserAsync(Email);
        await using var even = Build(options => options.LeastAnswerTime = TimeSpan.FromMilliseconds(400));

        var started = Stopwatch.GetTimestamp();
        await even.GetRequiredService<RequestPasswordReset>().HandleAsync(new RequestPasswordResetRequest(email, Ip), Cancel);

        Assert.True(Stopwatch.GetElapsedTime(started) > TimeSpan.FromMilliseconds(390));
    }

    [Fact]
    public async Task Handle_ManyAtOnce_HasThreeLiveLinksAndMore()
    {
        await AddUserAsync(Email);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RequestAsync(Email)));
        Assert.Equal(3L, await MailsAsync("reset-password"));

        Time.Advance(TimeSpan.FromHours(1));
        await RequestAsync(Email);
        Assert.Equal(4L, await MailsAsync("reset-password"));
    }

    [Fact]
    public async Task Handle_SuspendedAccount_GetsTheSameAnswerAndNoMail()
    {
        await AddUserAsync(Email);
        await Database.ExecuteAsync("UPDATE users SET status = 'suspended'");

        Assert.True((await RequestAsync(Email)).Succeeded);
        Assert.Equal(0L, await MailsAsync("reset-password"));
    }

    [Fact]
    public async Task Handle_TooOftenFromOneAddressOrMalformed_SaysSo()
    {
        Assert.Equal("email_invalid", (await RequestAsync("nonsense")).Failure?.Code);
        for (var i = 0; i < 20; i++)
            Assert.True((await RequestAsync($"someone{i}@example.org")).Succeeded);

        Assert.Equal("too_many_attempts", (await RequestAsync(Email)).Failure?.Code);
    }

    private Task<Outcome<MailOnItsWay>> RequestAsync(string email) =>
        Get<RequestPasswordReset>().HandleAsync(new RequestPasswordResetRequest(email, Ip), Cancel);
}
