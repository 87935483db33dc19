using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts.Passwords;
using Portal.Platform.Accounts.SignUp;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SignUp;

public sealed class SignUpWithEmailTests(PostgresCluster cluster) : SignUpTest(cluster)
{
    private const string OtherPassword = "another walk by the canal";

    [Fact]
    public async Task Handle_NewAddress_MakesAnAccountThatDoesNotSignInYetAndMailsTheLink()
    {
        var answer = await SignUpAsync(" Someone@Example.ORG ");

        Assert.Equal(Email, answer.Value?.Email);
        Assert.Equal("user active f", await Database.ScalarAsync<string>("SELECT concat_ws(' ', role, status, email_verified) FROM users"));
        Assert.Equal("sign_in_refused", (await SignInAsync(Email)).Failure?.Code);
        Assert.Equal(43, (await MailedTokenAsync("verify-email", Email)).Length);
    }

    [Fact]
    public async Task Handle_AddressWithAnAccount_GivesTheSameAnswerAndTellsItsOwner()
    {
        await AddUserAsync(Email);

        var taken = await SignUpAsync(password: OtherPassword);
        var free = await SignUpAsync("free@example.org", OtherPassword);

        Assert.Equal((Email, "free@example.org"), (taken.Value?.Email, free.Value?.Email));
        Assert.Contains("There is one already", await LastMailAsync("already-have-account", Email), StringComparison.Ordinal);
        Assert.Equal(0L, await Database.ScalarAsync<long>($"SELECT count(*) FROM account_links WHERE email = '{Email}'"));
        Assert.True((await SignInAsync(Email)).Succeeded);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Handle_WithAndWithoutAnAccount_CostsAHashAndTheLeastTime(bool isTaken)
    {
        await using var costly = Build(options => (options.BcryptCost, options.LeastAnswerTime) = (10, TimeSpan.FromMilliseconds(300)));
        if (isTaken)
            await AddUserAsync(Email);
        var hasher = costly.GetRequiredService<BcryptPasswordHasher>();
        var oneHash = Enumerable.Range(0, 3).Min(_ => Measure(() => hasher.Hash(OtherPassword)));

        var started = Stopwatch.GetTimestamp();
        await costly.GetRequiredService<SignUpWithEmail>().HandleAsync(new SignUpWithEmailRequest(Email, OtherPassword, Ip), Cancel);

        Assert.True(Stopwatch.GetElapsedTime(started) > TimeSpan.FromMilliseconds(290) + (oneHash * 0.5));
    }

    [Fact]
    public async Task Handle_AgainBeforeItIsProved_TheNewerPasswordAndLinkCount()
    {
        await SignUpAsync();
        var older = await MailedTokenAsync("verify-email", Email);
        Time.Advance(TimeSpan.FromSeconds(1));
        await SignUpAsync(password: OtherPassword);
        var newer = await MailedTokenAsync("verify-email", Email);

        Assert.Equal("link_ended", (await VerifyAsync(older, GoodPassword)).Failure?.Code);
        Assert.Equal("password_wrong", (await VerifyAsync(newer, GoodPassword)).Failure?.Code);
        Assert.True((await VerifyAsync(newer, OtherPassword)).Succeeded);
        Assert.True((await SignInAsync(Email, OtherPassword)).Succeeded);
    }

    [Fact]
    public async Task Handle_ManyAtOnceForOneAddress_MakesOneAccount()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SignUpAsync()));

        Assert.All(answers, answer => Assert.True(answer.Succeeded));
        Assert.Equal(1L, await Database.ScalarAsync<long>("SELECT count(*) FROM users"));
        var verified = new List<bool>();
        foreach (var mail in await MailsAsync("verify-email", Email))
            verified.Add((await VerifyAsync(TokenIn(mail))).Succeeded);
        Assert.Single(verified, succeeded => succeeded);
    }

    [Fact]
    public async Task Handle_SixTimesInAnHour_MailsFiveTimesAndLeavesTheFifthLinkGood()
    {
        for (var i = 0; i < 6; i++)
        {
            Assert.True((await SignUpAsync()).Succeeded);
            Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(5L, await MailsAsync("verify-email"));
        Assert.True((await VerifyAsync(await MailedTokenAsync("verify-email", Email))).Succeeded);
    }

    [Theory]
    [InlineData("nonsense", null, "email_invalid")]
    [InlineData(Email, "short", "password_too_short")]
    [InlineData(Email, "someone@example.org", "password_is_email")]
    public async Task Handle_WithWrongInput_SaysWhat(string email, string? password, string code) =>
        Assert.Equal(code, (await SignUpAsync(email, password)).Failure?.Code);

    [Fact]
    public async Task Handle_TooOftenFromOneAddress_IsToldToWait()
    {
        for (var i = 0; i < 20; i++)
            Assert.True((await SignUpAsync($"someone{i}@example.org")).Succeeded);

        Assert.Equal("too_many_attempts", (await SignUpAsync()).Failure?.Code);
    }

    [Fact]
    public async Task Handle_WhenTheQueueIsFull_SaysBusyAndMakesNothing()
    {
        await using var crowded = Build(options => (options.BcryptCost, options.BcryptThreads, options.BcryptQueueLength) = (12, 1, 1));
        var signUp = crowded.GetRequiredService<SignUpWithEmail>();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            signUp.HandleAsync(new SignUpWithEmailRequest($"someone{i}@example.org", GoodPassword, Ip), Cancel)));

        var made = answers.Count(answer => answer.Succeeded);
        Assert.Contains(answers, answer => answer.Failure?.Code == "busy");
        Assert.Equal((long)made, await Database.ScalarAsync<long>("SELECT count(*) FROM users"));
    }

    private static TimeSpan Measure(Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started);
    }
}

public sealed class SignUpWithEmailWhereInvitedTests(PostgresCluster cluster) : SignUpTest(cluster)
{
    protected override SignUpMode Mode => SignUpMode.InviteOnly;

    [Fact]
    public async Task Handle_WhereOneMustBeInvited_MakesNothing()
    {
        Assert.Equal("sign_up_closed", (await SignUpAsync()).Failure?.Code);
        Assert.Equal(0L, await Database.ScalarAsync<long>("SELECT count(*) FROM users"));
    }
}
