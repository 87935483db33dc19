using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SetUp;
using Portal.Platform.Accounts.Tokens;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts;

public sealed class AddUserTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    [Theory]
    [InlineData(Role.User)]
    [InlineData(Role.Support)]
    [InlineData(Role.Admin)]
    public async Task Execute_ByTheOperator_MakesAVerifiedAccount(Role role)
    {
        await AddAsync(Actor.Operator, "Someone@Example.org", role);

        Assert.Equal(
            $"someone@example.org {role.ToString().ToLowerInvariant()} active t",
            await Database.ScalarAsync<string>("SELECT concat_ws(' ', email, role, status, email_verified) FROM users"));
    }

    [Fact]
    public async Task Execute_ForATakenAddress_Refuses()
    {
        await AddUserAsync("someone@example.org");

        Assert.Equal("email_taken", (await AddAsync(Actor.Operator, "SOMEONE@example.org", Role.User)).Failure?.Code);
    }

    [Theory]
    [InlineData(Role.User)]
    [InlineData(Role.Support)]
    public async Task Execute_ByOneWhoIsNoAdmin_Refuses(Role role)
    {
        var actor = Person(await AddUserAsync("someone@example.org", role), role);

        Assert.Equal("not_found", (await AddAsync(actor, "other@example.org", Role.Admin)).Failure?.Code);
    }

    [Fact]
    public async Task Execute_ByAnAdminsNarrowedToken_Refuses()
    {
        var actor = Actor.Token(Guid.NewGuid(), Role.Admin, new HashSet<string>([TokenScopes.MessagesRead], StringComparer.Ordinal));

        Assert.Equal("not_found", (await AddAsync(actor, "other@example.org", Role.Admin)).Failure?.Code);
    }

    private Task<Outcome<CreatedAccount>> AddAsync(Actor actor, string email, Role role) =>
        Get<AddUser>().HandleAsync(actor, new AddUserRequest(email, role, GoodPassword), Cancel);
}
