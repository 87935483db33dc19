using Portal.Platform.Accounts.Links;
using Portal.Platform.Accounts.SignUp;
using Portal.Platform.Tests.Accounts.SignUp;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Links;

public sealed class CheckLinkTests(PostgresCluster cluster) : SignUpTest(cluster)
{
    [Fact]
    public async Task Handle_AGoodLinkManyTimes_SaysWhoseItIsAndUsesNothingUp()
    {
        await SignUpAsync();
        var token = await MailedTokenAsync("verify-email", Email);

        for (var i = 0; i < 30; i++)
            Assert.Equal(new CheckedLink(Email, false), (await CheckAsync(AccountLinkKind.VerifyEmail, token)).Value);

        Assert.True((await VerifyAsync(token)).Succeeded);
        Assert.Equal("link_ended", (await CheckAsync(AccountLinkKind.VerifyEmail, token)).Failure?.Code);
    }

    [Fact]
    public async Task Handle_AsAnotherKind_IsNoLink()
    {
        await SignUpAsync();

        Assert.Equal("link_ended", (await CheckAsync(AccountLinkKind.ResetPassword, await MailedTokenAsync("verify-email", Email))).Failure?.Code);
    }

    [Fact]
    public async Task Handle_OfAnAccountWithASecondFactor_SaysSo()
    {
        var userId = await AddUserAsync(Email);
        await Database.ExecuteAsync(
            $"INSERT INTO authenticators (user_id, protected_secret, created_at, confirmed_at, last_step) VALUES ('{userId}', 'x', now(), now(), 0)");
        await Get<RequestPasswordReset>().HandleAsync(new RequestPasswordResetRequest(Email, Ip), Cancel);

        Assert.True((await CheckAsync(AccountLinkKind.ResetPassword, await MailedTokenAsync("reset-password", Email))).Value?.HasSecondFactor);
    }

    [Fact]
    public async Task Handle_GuessedLinks_AreThrottled()
    {
        for (var i = 0; i < 20; i++)
            Assert.Equal("link_ended", (await CheckAsync(AccountLinkKind.Invite, $"guess{i}")).Failure?.Code);

        Assert.Equal("too_many_attempts", (await CheckAsync(AccountLinkKind.Invite, "guess")).Failure?.Code);
    }

    private Task<Outcome<CheckedLink>> CheckAsync(AccountLinkKind kind, string token) =>
        Get<CheckLink>().HandleAsync(new CheckLinkRequest(kind, token, Ip), Cancel);
}
