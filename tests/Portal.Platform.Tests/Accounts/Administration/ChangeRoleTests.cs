using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Administration;
using Portal.Platform.Accounts.Tokens;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Administration;

public sealed class ChangeRoleTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    [Theory]
    [InlineData(Role.Support)]
    [InlineData(Role.Admin)]
    public async Task Change_ByAnAdmin_CountsAndTellsTheAccount(Role role)
    {
        var admin = await AddUserAsync("admin@example.org", Role.Admin);
        var user = await AddUserAsync("user@example.org");

        var changed = await ChangeAsync(Person(admin, Role.Admin), user, role);

        Assert.Equal(new ChangedRole(user, "user@example.org", Role.User, role), changed.Value);
        Assert.Equal(role.ToString().ToLowerInvariant(), await RoleOfAsync(user));
        Assert.Equal(1, await Database.ScalarAsync<long>("SELECT count(*) FROM system_messages WHERE kind = 'role-changed' AND recipient = 'user@example.org'"));
    }

    [Fact]
    public async Task Change_ToTheSameRole_ChangesNothingAndTellsNobody()
    {
        var admin = await AddUserAsync("admin@example.org", Role.Admin);

        var changed = await ChangeAsync(Person(admin, Role.Admin), admin, Role.Admin);

        Assert.Equal(Role.Admin, changed.Value?.Before);
        Assert.Equal(0, await Database.ScalarAsync<long>("SELECT count(*) FROM system_messages"));
    }

    [Fact]
    public async Task Change_OfTheLastActiveAdmin_IsRefused()
    {
        var admin = await AddUserAsync("admin@example.org", Role.Admin);
        var gone = await AddUserAsync("gone@example.org", Role.Admin);
        var leaving = await AddUserAsync("leaving@example.org", Role.Admin);
        await Database.ExecuteAsync($"UPDATE users SET status = 'suspended' WHERE id = '{gone}'");
        await Database.ExecuteAsync($"UPDATE users SET deletion_due_at = now() + interval '30 days' WHERE id = '{leaving}'");

        var refused = await ChangeAsync(Person(admin, Role.Admin), admin, Role.User);

        Assert.Equal(AdminActs.LastAdmin, refused.Failure);
        Assert.Equal("admin", await RoleOfAsync(admin));
    }

    /// <summary>Each has the other for the second admin; without the lock both would go.</summary>
    [Fact]
    public async Task Change_TwoAdminsDemoteEachOtherAtOnce_OneStays()
    {
        var one = await AddUserAsync("one@example.org", Role.Admin);
        var two = await AddUserAsync("two@example.org", Role.Admin);
        for (var round = 0; round < 20; round++)
        {
            await Database.ExecuteAsync("UPDATE users SET role = 'admin'");

            var outcomes = await Task.WhenAll(
                ChangeAsync(Person(one, Role.Admin), two, Role.User), ChangeAsync(Person(two, Role.Admin), one, Role.User));

            Assert.Equal(AdminActs.LastAdmin, Assert.Single(outcomes, outcome => !outcome.Succeeded).Failure);
            Assert.Equal(1, await Database.ScalarAsync<long>("SELECT count(*) FROM users WHERE role = 'admin'"));
        }
    }

    [Fact]
    public async Task Change_WithAnOldProof_AsksForANewOne()
    {
        var admin = await AddUserAsync("admin@example.org", Role.Admin);

        var refused = await ChangeAsync(Actor.Person(admin, Role.Admin, Guid.NewGuid(), Time.GetUtcNow()), admin, Role.User);

        Assert.Equal(AccountFailures.StepUpRequired, refused.Failure);
    }

    [Fact]
    public async Task Change_ByOthersOrOfNobody_IsNotFound()
    {
        var user = await AddUserAsync("user@example.org");
        Actor[] strangers = [Person(user, Role.User), Person(user, Role.Support), Actor.Stranger, Actor.Token(user, Role.Admin, TokenScopes.None)];

        foreach (var actor in strangers)
            Assert.Equal(AccountFailures.NotFound, (await ChangeAsync(actor, user, Role.Admin)).Failure);
        Assert.Equal(AccountFailures.NotFound, (await ChangeAsync(Actor.Operator, Guid.NewGuid(), Role.Admin)).Failure);
        Assert.Equal(ChangeRole.RoleUnknown, (await ChangeAsync(Actor.Operator, user, (Role)77)).Failure);
    }

    private Task<Outcome<ChangedRole>> ChangeAsync(Actor actor, Guid userId, Role role) =>
        Get<ChangeRole>().HandleAsync(actor, new ChangeRoleRequest(userId, role), Cancel);

    private Task<string?> RoleOfAsync(Guid userId) => Database.ScalarAsync<string>($"SELECT role FROM users WHERE id = '{userId}'");
}
