using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Administration;
using Portal.Platform.Accounts.Tokens;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Administration;

public sealed class GetUserTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    private const string Email = "user@example.org";

    [Fact]
    public async Task Get_AnAccountInUse_GivesItsStateAndCounts()
    {
        var admin = await AddUserAsync("admin@example.org", Role.Admin);
        var user = await AddUserAsync(Email);
        await SignInAsync(Email);
        await Get<IssueToken>().HandleAsync(Actor.Operator, new IssueTokenRequest(Email, null, null), Cancel);

        var detail = (await Get<GetUser>().HandleAsync(Actor.Operator, user, Cancel)).Value!;

        Assert.Equal((Email, Role.User, AccountStatus.Active, 1, 1, false), (detail.Email, detail.Role, detail.Status, detail.Sessions, detail.Tokens, detail.HasSecondFactor));
        Assert.False(detail.IsLastAdmin);
        Assert.True((await Get<GetUser>().HandleAsync(Actor.Operator, admin, Cancel)).Value!.IsLastAdmin);
    }

    [Fact]
    public async Task Get_ASuspendedAccount_GivesTheReasonAndNoSession()
    {
        var user = await AddUserAsync(Email);
        await SignInAsync(Email);
        await Get<SuspendUser>().HandleAsync(Actor.Operator, new SuspendUserRequest(user, "spam run"), Cancel);

        var detail = (await Get<GetUser>().HandleAsync(Actor.Operator, user, Cancel)).Value!;

        Assert.Equal((AccountStatus.Suspended, "spam run", 0), (detail.Status, detail.SuspendedReason, detail.Sessions));
    }

    [Fact]
    public async Task Get_NobodyOrByOthers_IsNotFound()
    {
        var user = await AddUserAsync(Email);

        Assert.Equal(AccountFailures.NotFound, (await Get<GetUser>().HandleAsync(Actor.Operator, Guid.NewGuid(), Cancel)).Failure);
        Assert.Equal(AccountFailures.NotFound, (await Get<GetUser>().HandleAsync(Person(user, Role.User), user, Cancel)).Failure);
    }
}
