using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SignUp;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SignUp;

public sealed class CancelEmailChangeTests(PostgresCluster cluster) : EmailChangeTest(cluster)
{
    [Fact]
    public async Task Handle_APendingChange_EndsItsLink()
    {
        var user = await UserAsync();
        await RequestAsync(user);

        Assert.True((await CancelAsync(user)).Value?.WasPending);
        Assert.False((await CancelAsync(user)).Value?.WasPending);

        Assert.Equal("link_ended", (await ConfirmAsync(await MailedTokenAsync("change-email", NewEmail))).Failure?.Code);
    }

    [Fact]
    public async Task Handle_ByAnotherOrAStranger_LeavesItAsItIs()
    {
        await RequestAsync(await UserAsync());

        Assert.False((await CancelAsync(await UserAsync("other@example.org"))).Value?.WasPending);
        Assert.Equal(AccountFailures.NotFound, (await CancelAsync(Actor.Stranger)).Failure);

        Assert.True((await ConfirmAsync(await MailedTokenAsync("change-email", NewEmail))).Succeeded);
    }

    private Task<Outcome<CancelledEmailChange>> CancelAsync(Actor actor) => Get<CancelEmailChange>().HandleAsync(actor, Cancel);
}
