using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SignUp;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SignUp;

public sealed class AcceptInviteTests(PostgresCluster cluster) : InviteTest(cluster)
{
    [Theory]
    [InlineData(Role.User)]
    [InlineData(Role.Admin)]
    public async Task Handle_WithTheLink_MakesAProvedAccountOfItsRole(Role role)
    {
        var invite = await InviteAsync(await AdminAsync(), role: role);

        var made = await AcceptAsync(TokenOf(invite));

        Assert.Equal((Email, role), (made.Value?.Email, made.Value?.Role));
        Assert.Equal(role, (await SignInAsync(Email)).Value?.Role);
    }

    [Fact]
    public async Task Handle_OneLinkManyTimesAtOnce_MakesOneAccount()
    {
        var token = TokenOf(await InviteAsync(await AdminAsync()));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AcceptAsync(token)));

        Assert.Single(answers, answer => answer.Succeeded);
        Assert.Equal(2L, await Database.ScalarAsync<long>("SELECT count(*) FROM users"));
    }

    [Fact]
    public async Task Handle_WithAWeakPassword_SaysWhyAndLeavesTheLinkGood()
    {
        var token = TokenOf(await InviteAsync(await AdminAsync()));

        Assert.Equal("password_too_short", (await AcceptAsync(token, "short")).Failure?.Code);
        Assert.True((await AcceptAsync(token)).Succeeded);
    }

    [Theory]
    [InlineData("UPDATE users SET role = 'user' WHERE email = 'admin@example.org'")]
    [InlineData("UPDATE users SET status = 'suspended' WHERE email = 'admin@example.org'")]
    [InlineData("UPDATE account_links SET revoked_at = now()")]
    [InlineData("UPDATE account_links SET expires_at = created_at")]
    public async Task Handle_AfterTheInvitationOrItsAdminEnded_LooksLikeNoLink(string sql)
    {
        var token = TokenOf(await InviteAsync(await AdminAsync()));
        await Database.ExecuteAsync(sql);

        var answer = await AcceptAsync(token);

        Assert.Equal("link_ended", answer.Failure?.Code);
        Assert.Equal((await AcceptAsync("nothing")).Failure, answer.Failure);
    }

    [Fact]
    public async Task Handle_ForAnAddressThatGotAnAccountMeanwhile_SaysSo()
    {
        var token = TokenOf(await InviteAsync(await AdminAsync()));
        await AddUserAsync(Email);

        Assert.Equal("email_taken", (await AcceptAsync(token)).Failure?.Code);
    }

    [Fact]
    public async Task Handle_ForAnAddressThatSomebodySignedUpWithAndDidNotProve_TakesItsPlace()
    {
        await using var open = Build(_ => { }, services => services.Configure<SignUpOptions>(options => options.Mode = SignUpMode.Open));
        await open.GetRequiredService<SignUpWithEmail>().HandleAsync(new SignUpWithEmailRequest(Email, "the stranger's own choice", Ip), Cancel);
        var token = TokenOf(await InviteAsync(await AdminAsync()));

        Assert.True((await AcceptAsync(token)).Succeeded);
        Assert.True((await SignInAsync(Email)).Succeeded);
        Assert.False((await SignInAsync(Email, "the stranger's own choice")).Succeeded);
    }

    [Fact]
    public async Task Handle_WhereInvitationsWereSwitchedOff_LooksLikeNoLink()
    {
        var token = TokenOf(await InviteAsync(await AdminAsync()));
        await using var off = Build(_ => { }, services => services.Configure<SignUpOptions>(options => options.Mode = SignUpMode.Off));

        var answer = await off.GetRequiredService<AcceptInvite>().HandleAsync(new AcceptInviteRequest(token, GoodPassword, Ip), Cancel);

        Assert.Equal("link_ended", answer.Failure?.Code);
    }
}
