using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SignUp;
using Portal.Platform.Accounts.Tokens;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SignUp;

public sealed class RequestEmailChangeTests(PostgresCluster cluster) : EmailChangeTest(cluster)
{
    [Fact]
    public async Task Handle_ByTheOwner_MailsALinkToTheNewAddressAndANoticeToTheOld()
    {
        var answer = await RequestAsync(await UserAsync(), " New@Example.ORG ");

        Assert.Equal(NewEmail, answer.Value?.Email);
        Assert.Equal(43, (await MailedTokenAsync("change-email", NewEmail)).Length);
        var notice = await LastMailAsync("email-change-asked", Email);
        Assert.Contains("n…@example.org", notice, StringComparison.Ordinal);
        Assert.Contains("cancel the change on the security page", notice, StringComparison.Ordinal);
        Assert.True((await SignInAsync(Email)).Succeeded);
    }

    [Fact]
    public async Task Handle_WithoutAFreshProofOrByOthers_IsRefused()
    {
        var user = await UserAsync();
        var narrowed = Actor.Token(user.UserId, Role.User, new HashSet<string>([TokenScopes.AccountRead], StringComparer.Ordinal));

        Assert.Equal(AccountFailures.StepUpRequired, (await RequestAsync(user with { FreshUntil = Time.GetUtcNow() })).Failure);
        Assert.Equal(AccountFailures.NotFound, (await RequestAsync(Actor.Stranger)).Failure);
        Assert.Equal(AccountFailures.ScopeMissing, (await RequestAsync(narrowed)).Failure);
        Assert.Equal(0L, await Database.ScalarAsync<long>("SELECT count(*) FROM system_messages"));
    }

    [Fact]
    public async Task Handle_ToAnAddressWithAnAccount_AnswersTheSameAndTellsItsOwner()
    {
        await AddUserAsync(NewEmail);

        Assert.True((await RequestAsync(await UserAsync())).Succeeded);

        Assert.Equal(1L, await MailsAsync("already-have-account"));
        Assert.Equal(0L, await MailsAsync("change-email"));
    }

    [Theory]
    [InlineData("nonsense", "email_invalid")]
    [InlineData("SOMEONE@example.org", "email_same")]
    public async Task Handle_WithWrongInput_SaysWhat(string email, string code) =>
        Assert.Equal(code, (await RequestAsync(await UserAsync(), email)).Failure?.Code);

    [Fact]
    public async Task Handle_SixTimesInAnHour_IsToldToWait()
    {
        var user = await UserAsync();
        for (var i = 0; i < 5; i++)
            Assert.True((await RequestAsync(user, $"new{i}@example.org")).Succeeded);

        Assert.Equal("too_many_attempts", (await RequestAsync(user)).Failure?.Code);
    }

    [Fact]
    public async Task Handle_Again_OnlyTheNewerAddressWaits()
    {
        var user = await UserAsync();
        await RequestAsync(user, "first@example.org");
        await RequestAsync(user);

        Assert.Equal("link_ended", (await ConfirmAsync(await MailedTokenAsync("change-email", "first@example.org"))).Failure?.Code);
        Assert.Equal(NewEmail, (await Get<GetEmailState>().HandleAsync(user, Cancel)).Value?.Pending);
    }
}
