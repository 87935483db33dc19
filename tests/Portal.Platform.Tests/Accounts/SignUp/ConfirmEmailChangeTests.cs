using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.SignUp;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SignUp;

public sealed class ConfirmEmailChangeTests(PostgresCluster cluster) : EmailChangeTest(cluster)
{
    [Fact]
    public async Task Handle_WithTheLink_TheNewAddressSignsInAndTheOldOneIsTold()
    {
        var user = await UserAsync();
        var session = (await SignInAsync(Email)).Value!.SessionId;
        await Get<ValidateSession>().HandleAsync(session, Cancel);
        await RequestAsync(user);

        Assert.Equal(NewEmail, (await ConfirmAsync(await MailedTokenAsync("change-email", NewEmail))).Value?.Email);

        Assert.True((await SignInAsync(NewEmail)).Succeeded);
        Assert.False((await SignInAsync(Email)).Succeeded);
        Assert.Equal(NewEmail, (await Get<ValidateSession>().HandleAsync(session, Cancel))?.Email);
        Assert.Contains("changed to n…@example.org", await LastMailAsync("email-changed", Email), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_OneLinkManyTimesAtOnce_WorksOnce()
    {
        await RequestAsync(await UserAsync());
        var token = await MailedTokenAsync("change-email", NewEmail);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ConfirmAsync(token)));

        Assert.Single(answers, answer => answer.Succeeded);
        Assert.Equal(1L, await MailsAsync("email-changed"));
    }

    [Fact]
    public async Task Handle_TwoAccountsToOneAddressAtOnce_OneGetsIt()
    {
        await RequestAsync(await UserAsync());
        var first = await MailedTokenAsync("change-email", NewEmail);
        Time.Advance(TimeSpan.FromSeconds(1));
        await RequestAsync(await UserAsync("other@example.org"));
        var second = await MailedTokenAsync("change-email", NewEmail);

        var answers = await Task.WhenAll(ConfirmAsync(first), ConfirmAsync(second));

        Assert.Single(answers, answer => answer.Succeeded);
        Assert.Single(answers, answer => answer.Failure?.Code == "email_taken");
    }

    [Fact]
    public async Task Handle_AfterIt_LinksThatWentToTheOldAddressHaveEnded()
    {
        await RequestAsync(await UserAsync());
        await Get<RequestPasswordReset>().HandleAsync(new RequestPasswordResetRequest(Email, Ip), Cancel);
        var reset = await MailedTokenAsync("reset-password", Email);

        await ConfirmAsync(await MailedTokenAsync("change-email", NewEmail));

        Assert.Equal(
            "link_ended",
            (await Get<ResetPassword>().HandleAsync(new ResetPasswordRequest(reset, "a new walk by the canal", Ip), Cancel)).Failure?.Code);
    }

    [Fact]
    public async Task Handle_UnknownAndExpired_LookAlike()
    {
        await RequestAsync(await UserAsync());
        Time.Advance(TimeSpan.FromHours(24));

        var expired = await ConfirmAsync(await MailedTokenAsync("change-email", NewEmail));

        Assert.Equal("link_ended", expired.Failure?.Code);
        Assert.Equal((await ConfirmAsync("nothing")).Failure, expired.Failure);
    }
}
