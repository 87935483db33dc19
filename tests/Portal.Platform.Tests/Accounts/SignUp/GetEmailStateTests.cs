using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SignUp;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SignUp;

public sealed class GetEmailStateTests(PostgresCluster cluster) : EmailChangeTest(cluster)
{
    [Fact]
    public async Task Handle_BeforeDuringAndAfterAChange_SaysWhatWaits()
    {
        var user = await UserAsync();

        Assert.Equal(new EmailState(Email, null, null), await StateAsync(user));
        await RequestAsync(user);
        var waiting = await StateAsync(user);
        Assert.Equal((Email, NewEmail), (waiting?.Email, waiting?.Pending));
        Assert.Equal(Time.GetUtcNow().AddHours(24), waiting!.PendingUntil!.Value, TimeSpan.FromMilliseconds(1));
        await ConfirmAsync(await MailedTokenAsync("change-email", NewEmail));
        Assert.Equal(new EmailState(NewEmail, null, null), await StateAsync(user));
    }

    [Fact]
    public async Task Handle_ByAStranger_IsNotThere() =>
        Assert.Equal(AccountFailures.NotFound, (await Get<GetEmailState>().HandleAsync(Actor.Stranger, Cancel)).Failure);

    private async Task<EmailState?> StateAsync(Actor actor) => (await Get<GetEmailState>().HandleAsync(actor, Cancel)).Value;
}
