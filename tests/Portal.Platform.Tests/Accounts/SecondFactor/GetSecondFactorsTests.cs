using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Platform.Accounts.Tokens;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SecondFactor;

public sealed class GetSecondFactorsTests(PostgresCluster cluster) : SecondFactorTest(cluster)
{
    [Fact]
    public async Task Get_OwnFactors_ShowsWhatIsOnAndNothingOfOthers()
    {
        var enrolled = await EnrolAsync();
        var other = await AddUserAsync("other@example.org");
        await CompleteAsync(await PendingAsync(), enrolled.Codes[3], recovery: true, remember: true);

        var mine = (await Get<GetSecondFactors>().HandleAsync(Stale(enrolled.UserId), Cancel)).Value!;
        var others = (await Get<GetSecondFactors>().HandleAsync(Person(other, Role.User), Cancel)).Value!;

        Assert.Equal((new SecondFactorState(true, 0, 9), true, "test"), (mine.State, mine.PasswordStandsAlone, Assert.Single(mine.Devices).UserAgent));
        Assert.Equal((new SecondFactorState(false, 0, 0), null, 0), (others.State, others.AuthenticatorSince, others.Devices.Count));
    }

    [Fact]
    public async Task Get_ByATokenOrNobody_IsJudgedByScope()
    {
        var userId = await AddUserAsync(Email);

        Assert.Equal(AccountFailures.NotFound, (await Get<GetSecondFactors>().HandleAsync(Actor.Stranger, Cancel)).Failure);
        Assert.Equal(AccountFailures.ScopeMissing, (await Get<GetSecondFactors>().HandleAsync(Actor.Token(userId, Role.User, TokenScopes.None), Cancel)).Failure);
    }
}
