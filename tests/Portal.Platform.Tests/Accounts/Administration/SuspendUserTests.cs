using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Administration;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.Tokens;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Administration;

public sealed class SuspendUserTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    private const string Email = "user@example.org";

    [Fact]
    public async Task Suspend_ByAnAdmin_EndsSessionsRefusesTokensAndSignIn()
    {
        var user = await AddUserAsync(Email);
        var session = (await SignInAsync(Email)).Value!.SessionId;
        var token = (await Get<IssueToken>().HandleAsync(Actor.Operator, new IssueTokenRequest(Email, null, null), Cancel)).Value!.Token;

        var ended = await SuspendAsync(Actor.Operator, user, " spam run ");

        Assert.Equal(1, ended.Value);
        Assert.Equal("spam run", await Database.ScalarAsync<string>("SELECT suspended_reason FROM users"));
        Assert.Null(await Get<ValidateSession>().HandleAsync(session, Cancel));
        Assert.Null(await Get<AuthenticateToken>().HandleAsync(token, Ip, Cancel));
        Assert.Equal("sign_in_refused", (await SignInAsync(Email)).Failure?.Code);
        Assert.Equal(1, await Database.ScalarAsync<long>($"SELECT count(*) FROM system_messages WHERE kind = 'account-suspended' AND recipient = '{Email}'"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public async Task Suspend_WithoutAReason_IsRefused(string? reason) =>
        Assert.Equal(SuspendUser.ReasonMissing, (await SuspendAsync(Actor.Operator, await AddUserAsync(Email), reason)).Failure);

    [Fact]
    public async Task Suspend_ReasonOfTwoHundredAndOne_IsTooLong()
    {
        var user = await AddUserAsync(Email);

        Assert.Equal(SuspendUser.ReasonTooLong, (await SuspendAsync(Actor.Operator, user, new string('x', 201))).Failure);
        Assert.True((await SuspendAsync(Actor.Operator, user, new string('x', 200))).Succeeded);
    }

    [Fact]
    public async Task Suspend_OneselfOrTheLastAdmin_IsRefused()
    {
        var admin = await AddUserAsync("admin@example.org", Role.Admin);

        Assert.Equal(AdminActs.OwnAccount, (await SuspendAsync(Person(admin, Role.Admin), admin, "bye")).Failure);
        Assert.Equal(AdminActs.LastAdmin, (await SuspendAsync(Actor.Operator, admin, "bye")).Failure);
    }

    [Fact]
    public async Task Suspend_TwoAdminsEachOtherAtOnce_OneStays()
    {
        var one = await AddUserAsync("one@example.org", Role.Admin);
        var two = await AddUserAsync("two@example.org", Role.Admin);

        await Task.WhenAll(SuspendAsync(Person(one, Role.Admin), two, "first"), SuspendAsync(Person(two, Role.Admin), one, "second"));

        Assert.Equal(1, await Database.ScalarAsync<long>("SELECT count(*) FROM users WHERE role = 'admin' AND status = 'active'"));
    }

    [Fact]
    public async Task Suspend_ByOthersOrTwice_IsNotFound()
    {
        var user = await AddUserAsync(Email);
        foreach (var actor in new[] { Person(user, Role.User), Person(Guid.NewGuid(), Role.Support), Actor.Stranger })
            Assert.Equal(AccountFailures.NotFound, (await SuspendAsync(actor, user, "no")).Failure);
        await SuspendAsync(Actor.Operator, user, "yes");

        Assert.Equal(AccountFailures.NotFound, (await SuspendAsync(Actor.Operator, user, "again")).Failure);
    }

    [Fact]
    public async Task Suspend_WithAnOldProof_AsksForANewOne()
    {
        var user = await AddUserAsync(Email);

        var refused = await SuspendAsync(Actor.Person(Guid.NewGuid(), Role.Admin, Guid.NewGuid(), Time.GetUtcNow()), user, "late");

        Assert.Equal(AccountFailures.StepUpRequired, refused.Failure);
    }

    private Task<Outcome<int>> SuspendAsync(Actor actor, Guid userId, string? reason) =>
        Get<SuspendUser>().HandleAsync(actor, new SuspendUserRequest(userId, reason), Cancel);
}
