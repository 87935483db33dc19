using Portal.Platform.Accounts;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SignUp;

public sealed class RevokeInviteTests(PostgresCluster cluster) : InviteTest(cluster)
{
    [Fact]
    public async Task Handle_AWaitingOne_EndsItsLinkAndMayBeDoneTwice()
    {
        var admin = await AdminAsync();
        var invite = await InviteAsync(admin);

        Assert.Equal(Email, (await RevokeAsync(admin, invite.Value!.Id)).Value?.Email);
        Assert.True((await RevokeAsync(admin, invite.Value.Id)).Succeeded);

        Assert.Equal("link_ended", (await AcceptAsync(TokenOf(invite))).Failure?.Code);
    }

    [Fact]
    public async Task Handle_AnAcceptedOne_SaysSo()
    {
        var admin = await AdminAsync();
        var invite = await InviteAsync(admin);
        await AcceptAsync(TokenOf(invite));

        Assert.Equal("invite_accepted", (await RevokeAsync(admin, invite.Value!.Id)).Failure?.Code);
    }

    [Fact]
    public async Task Handle_OneThatIsNotThereOrByNoAdmin_IsNotThere()
    {
        var invite = await InviteAsync(await AdminAsync());

        Assert.Equal(AccountFailures.NotFound, (await RevokeAsync(Actor.Operator, Guid.NewGuid())).Failure);
        Assert.Equal(AccountFailures.NotFound, (await RevokeAsync(await UserAsync(), invite.Value!.Id)).Failure);
        Assert.True((await AcceptAsync(TokenOf(invite))).Failure?.Code is "email_taken");
    }
}
