using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Administration;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Administration;

public sealed class RestoreUserTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    private const string Email = "user@example.org";

    [Fact]
    public async Task Restore_ASuspendedAccount_SignsInAgainAndIsTold()
    {
        var user = await AddUserAsync(Email);
        await Get<SuspendUser>().HandleAsync(Actor.Operator, new SuspendUserRequest(user, "spam run"), Cancel);

        var restored = await RestoreAsync(Actor.Operator, user);

        Assert.Equal(Email, restored.Value);
        Assert.True((await SignInAsync(Email)).Succeeded);
        Assert.Null(await Database.ScalarAsync<string>("SELECT suspended_reason FROM users"));
        Assert.Equal(1, await Database.ScalarAsync<long>("SELECT count(*) FROM system_messages WHERE kind = 'account-restored'"));
    }

    [Fact]
    public async Task Restore_WhatIsNotSuspendedOrByOthers_IsNotFound()
    {
        var user = await AddUserAsync(Email);

        Assert.Equal(AccountFailures.NotFound, (await RestoreAsync(Actor.Operator, user)).Failure);
        await Get<SuspendUser>().HandleAsync(Actor.Operator, new SuspendUserRequest(user, "spam run"), Cancel);
        Assert.Equal(AccountFailures.NotFound, (await RestoreAsync(Person(Guid.NewGuid(), Role.Support), user)).Failure);
        Assert.Equal(
            AccountFailures.StepUpRequired, (await RestoreAsync(Actor.Person(Guid.NewGuid(), Role.Admin, Guid.NewGuid(), Time.GetUtcNow()), user)).Failure);
    }

    private Task<Outcome<string>> RestoreAsync(Actor actor, Guid userId) =>
        Get<RestoreUser>().HandleAsync(actor, new RestoreUserRequest(userId), Cancel);
}
