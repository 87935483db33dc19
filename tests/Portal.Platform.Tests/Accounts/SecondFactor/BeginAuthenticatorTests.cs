using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SecondFactor;

public sealed class BeginAuthenticatorTests(PostgresCluster cluster) : SecondFactorTest(cluster)
{
    [Fact]
    public async Task Begin_Twice_ShowsTheSameSecretForAnHourAndStoresItEncrypted()
    {
        var actor = Person(await AddUserAsync(Email), Role.User);

        var first = await BeginAsync(actor);
        Time.Advance(TimeSpan.FromMinutes(9));
        var second = await BeginAsync(actor);

        Assert.Equal(first, second);
        Assert.True(await Database.ScalarAsync<int>("SELECT octet_length(protected_secret) FROM authenticators") > 60);
        Assert.Equal(0, (await Get<GetSecondFactors>().HandleAsync(actor, Cancel)).Value!.State.Count);
    }

    [Fact]
    public async Task Begin_AnHourLater_MakesANewSecret()
    {
        var userId = await AddUserAsync(Email);
        var first = await BeginAsync(Person(userId, Role.User));
        Time.Advance(TimeSpan.FromHours(1));

        Assert.NotEqual(first, await BeginAsync(Person(userId, Role.User)));
    }

    [Fact]
    public async Task Begin_WhenOneIsOn_IsRefused()
    {
        var enrolled = await EnrolAsync();

        Assert.Equal("authenticator_on", (await Get<BeginAuthenticator>().HandleAsync(enrolled.Actor, Cancel)).Failure?.Code);
    }

    [Fact]
    public async Task Begin_WithoutAFreshProof_IsAskedForOne()
    {
        var userId = await AddUserAsync(Email);

        Assert.Equal(AccountFailures.StepUpRequired, (await Get<BeginAuthenticator>().HandleAsync(Stale(userId), Cancel)).Failure);
        Assert.Equal(AccountFailures.NotFound, (await Get<BeginAuthenticator>().HandleAsync(Actor.Operator, Cancel)).Failure);
        Assert.Equal(0, await CountAsync("authenticators"));
    }
}
