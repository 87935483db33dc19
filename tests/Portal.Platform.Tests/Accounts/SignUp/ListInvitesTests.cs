using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SignUp;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.SignUp;

public sealed class ListInvitesTests(PostgresCluster cluster) : InviteTest(cluster)
{
    [Fact]
    public async Task Handle_OneOfEachState_IsNewestFirstWithItsState()
    {
        var admin = await AdminAsync();
        await InviteAsync(admin, "late@example.org");
        Time.Advance(TimeSpan.FromDays(7));
        var used = await InviteAsync(admin, "used@example.org");
        Time.Advance(TimeSpan.FromSeconds(1));
        var revoked = await InviteAsync(admin, "revoked@example.org");
        Time.Advance(TimeSpan.FromSeconds(1));
        await InviteAsync(Actor.Operator, "waiting@example.org", Role.Support);
        await AcceptAsync(TokenOf(used));
        await RevokeAsync(admin, revoked.Value!.Id);

        var page = await ListAsync(admin);

        Assert.Equal(
            [
                ("waiting@example.org", Role.Support, InviteState.Waiting, null),
                ("revoked@example.org", Role.User, InviteState.Revoked, "admin@example.org"),
                ("used@example.org", Role.User, InviteState.Accepted, "admin@example.org"),
                ("late@example.org", Role.User, InviteState.Expired, "admin@example.org"),
            ],
            page.Value!.Items.Select(invite => (invite.Email, invite.Role, invite.State, invite.CreatedBy)));
    }

    [Fact]
    public async Task Handle_InPages_GivesEachOnce()
    {
        var admin = await AdminAsync();
        for (var i = 0; i < 5; i++)
        {
            await InviteAsync(admin, $"someone{i}@example.org");
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        var first = await ListAsync(admin, 3);
        var second = await ListAsync(admin, 3, first.Value!.Next);

        Assert.Equal(["someone4", "someone3", "someone2"], first.Value.Items.Select(invite => invite.Email.Split('@')[0]));
        Assert.Equal(["someone1", "someone0"], second.Value!.Items.Select(invite => invite.Email.Split('@')[0]));
        Assert.Null(second.Value.Next);
    }

    [Fact]
    public async Task Handle_ByOneWhoIsNoAdmin_IsNotThere()
    {
        Assert.Equal(AccountFailures.NotFound, (await ListAsync(await UserAsync())).Failure);
        Assert.Equal("limit_out_of_range", (await ListAsync(await AdminAsync(), 201)).Failure?.Code);
    }
}
