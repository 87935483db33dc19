using Portal.Platform.Accounts;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts;

public sealed class ListSuspendedUsersTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    [Fact]
    public async Task List_OfAccounts_NamesThoseThatDoNotStand()
    {
        await AddUserAsync("active@example.org");
        var suspended = await AddUserAsync("suspended@example.org");
        var deleted = await AddUserAsync("deleted@example.org");
        await Database.ExecuteAsync("UPDATE users SET status = split_part(email, '@', 1)");

        var ids = await Get<ListSuspendedUsers>().HandleAsync(Cancel);

        Assert.Equal(new[] { suspended, deleted }.Order(), ids.Order());
    }
}
